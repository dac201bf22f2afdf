package org.sysretreplay.ingest.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sysretreplay.ingest.generate.Bags.Content;
import org.sysretreplay.ingest.generate.Profile.Step;
import org.sysretreplay.ingest.generate.Profile.Workload;
import org.sysretreplay.ingest.generate.SeededRandom.Odds;

/** The distributions of a workload, from whose counts a generator draws. */
final class WorkloadDistributions {

  private static final int PROCESS_STARTS = 0;
  private static final int THREAD_STARTS = 1;

  private final SeededRandom random;
  private final Bags starts;
  private final Bags steps;
  private final Values threads;
  private final Values cpus;
  private final Values gaps;
  private final Odds switching;
  private final Odds migrating;

  /** A bag of numbers of any size; 0 is drawn if it holds none. */
  private static final class Values {
    private final long[] values;
    private final Bags bag;

    Values(List<Weighted> weights) {
      values = weights.stream().mapToLong(Weighted::value).toArray();
      bag =
          new Bags(
              1,
              IntStream.range(0, values.length)
                  .mapToObj(i -> new Content(0, i, weights.get(i).count()))
                  .toList());
    }

    long draw(SeededRandom random) {
      return values.length == 0 ? 0 : values[bag.draw(0, random)];
    }
  }

  WorkloadDistributions(Workload workload, SeededRandom random) {
    this.random = random;
    starts =
        new Bags(
            2,
            Stream.concat(
                    starts(PROCESS_STARTS, workload.firstOfProcess()),
                    starts(THREAD_STARTS, workload.firstOfThread()))
                .toList());
    steps = steps(workload);
    threads = new Values(workload.threads());
    cpus = new Values(workload.cpus());
    gaps = new Values(workload.gaps());
    switching = Odds.of(workload.scheduling().switches(), workload.frames());
    migrating = Odds.of(workload.scheduling().migrations(), workload.frames());
  }

  private static Stream<Content> starts(int bag, List<Weighted> templates) {
    return templates.stream().map(it -> new Content(bag, (int) it.value(), it.count()));
  }

  private static Bags steps(Workload workload) {
    List<Content> contents = new ArrayList<>();
    for (Step step : workload.steps()) {
      contents.add(new Content(step.from(), step.to(), step.count()));
    }
    return new Bags(workload.templates().size(), contents);
  }

  /** Draws the first template of a process. */
  int firstOfProcess() {
    return starts.draw(PROCESS_STARTS, random);
  }

  /** Draws the first template of a thread that is not its process's first. */
  int firstOfThread() {
    return starts.draw(THREAD_STARTS, random);
  }

  /** Draws the template after that one, or {@link Step#END}. */
  int after(int template) {
    return steps.draw(template, random);
  }

  long threadsOfProcess() {
    return threads.draw(random);
  }

  long cpu() {
    return cpus.draw(random);
  }

  /** Draws the nanoseconds to the next frame. */
  long gap() {
    long lowest = gaps.draw(random);
    return lowest + random.below(GapBuckets.width(lowest));
  }

  boolean switches() {
    return random.happens(switching);
  }

  boolean migrates() {
    return random.happens(migrating);
  }
}
