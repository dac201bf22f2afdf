package org.sysretreplay.ingest.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.sysretreplay.ingest.generate.Profile.Scheduling;
import org.sysretreplay.ingest.generate.Profile.Step;
import org.sysretreplay.ingest.generate.Profile.Workload;

/** Counts what the threads of one workload's traces do. */
final class WorkloadLearner {

  private final String name;
  private final TemplateSet templates = new TemplateSet();
  private final SortedMap<Long, Long> firstOfProcess = new TreeMap<>();
  private final SortedMap<Long, Long> firstOfThread = new TreeMap<>();
  private final Map<StepKey, Long> steps = new HashMap<>();
  private final SortedMap<Long, Long> threads = new TreeMap<>();
  private final SortedMap<Long, Long> cpus = new TreeMap<>();
  private final SortedMap<Long, Long> gaps = new TreeMap<>();
  private long frames;
  private long lifetimes;
  private long switches;
  private long migrations;

  private record StepKey(int from, int to) implements Comparable<StepKey> {

    @Override
    public int compareTo(StepKey other) {
      int byFrom = Integer.compare(from, other.from);
      return byFrom != 0 ? byFrom : Integer.compare(to, other.to);
    }

    StepKey mapped(IntUnaryOperator mapping) {
      return new StepKey(
          mapping.applyAsInt(from), to == Step.END ? Step.END : mapping.applyAsInt(to));
    }
  }

  WorkloadLearner(String name) {
    this.name = name;
  }

  boolean isEmpty() {
    return frames == 0;
  }

  /** Counts one more frame of a template, and gives its number. */
  int template(Template template) {
    frames++;
    return templates.add(template);
  }

  void begins(int template, boolean firstOfItsProcess) {
    (firstOfItsProcess ? firstOfProcess : firstOfThread).merge((long) template, 1L, Long::sum);
  }

  void step(int from, int to) {
    steps.merge(new StepKey(from, to), 1L, Long::sum);
  }

  /**
   * Counts the end of a thread.
   *
   * @param lifetime how many frames the trace had from the thread's first to its last
   */
  void ends(int template, long lifetime) {
    step(template, Step.END);
    lifetimes += lifetime;
  }

  void process(long ofThreads) {
    threads.merge(ofThreads, 1L, Long::sum);
  }

  void scheduled(boolean switched, boolean migrated) {
    switches += switched ? 1 : 0;
    migrations += migrated ? 1 : 0;
  }

  void onCpu(long cpu) {
    cpus.merge(cpu, 1L, Long::sum);
  }

  void gap(long nanos) {
    gaps.merge(GapBuckets.of(nanos), 1L, Long::sum);
  }

  /** The workload so far, with no more templates than a profile has room for. */
  Workload workload() {
    TemplateSet.Kept kept = templates.kept();
    return new Workload(
        name,
        frames,
        kept.templates(),
        Weighted.of(mapped(firstOfProcess, kept.number())),
        Weighted.of(mapped(firstOfThread, kept.number())),
        steps(kept.number()),
        Weighted.of(threads),
        new Scheduling(threadsAtOnce(), switches, migrations),
        Weighted.of(cpus),
        Weighted.of(gaps));
  }

  private int threadsAtOnce() {
    long average = Math.round((double) lifetimes / frames);
    return (int) Math.max(1, Math.min(average, Scheduling.MOST_THREADS));
  }

  private static SortedMap<Long, Long> mapped(
      SortedMap<Long, Long> counts, IntUnaryOperator mapping) {
    SortedMap<Long, Long> mapped = new TreeMap<>();
    counts.forEach(
        (number, count) ->
            mapped.merge((long) mapping.applyAsInt(number.intValue()), count, Long::sum));
    return mapped;
  }

  private List<Step> steps(IntUnaryOperator mapping) {
    SortedMap<StepKey, Long> mapped = new TreeMap<>();
    steps.forEach((step, count) -> mapped.merge(step.mapped(mapping), count, Long::sum));
    List<Step> list = new ArrayList<>();
    mapped.forEach((step, count) -> list.add(new Step(step.from(), step.to(), count)));
    return Collections.unmodifiableList(list);
  }
}
