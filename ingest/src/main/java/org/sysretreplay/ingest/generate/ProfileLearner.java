package org.sysretreplay.ingest.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;

/**
 * Learns a profile from traces. Memory grows with the number of different templates and not with
 * the length of the traces.
 */
public final class ProfileLearner {

  private final Map<String, WorkloadLearner> workloads = new TreeMap<>();

  /**
   * Learns from all traces that can be read to their ends. If one cannot, all others are read anew,
   * so that nothing is learnt from its readable part.
   *
   * @param refused is told of each trace that could not be read, and why
   */
  public static Profile learn(List<TraceInput> traces, Consumer<TraceException> refused) {
    List<TraceInput> readable = new ArrayList<>(traces);
    ProfileLearner learner = new ProfileLearner();
    Optional<TraceInput> bad = learner.addAll(readable, refused);
    while (bad.isPresent()) {
      readable.remove(bad.get());
      learner = new ProfileLearner();
      bad = learner.addAll(readable, refused);
    }
    return learner.profile();
  }

  /** Reads the traces up to the first that cannot be read, which it returns. */
  private Optional<TraceInput> addAll(List<TraceInput> traces, Consumer<TraceException> refused) {
    for (TraceInput trace : traces) {
      try {
        add(trace);
      } catch (TraceException e) {
        refused.accept(e);
        return Optional.of(trace);
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a trace to its end. Interrupts of the kernel are learnt as well: they have rows in a
   * store.
   *
   * @throws TraceException if it cannot be read
   */
  public void add(TraceInput trace) {
    if (trace.beginsWithCounts()) {
      throw counted(trace.file());
    }
    try (CountingReader reader = trace.open(Reading.ASSEMBLED)) {
      TraceLearner learner = new TraceLearner(workload(trace.workload()));
      while (reader.hasNext()) {
        checkWhole(trace.file(), reader);
        take(trace.file(), reader.next(), learner);
      }
      learner.end();
    }
  }

  private static void checkWhole(String source, CountingReader reader) {
    Sampling sampling = reader.header().sampling();
    if (sampling.isSampled()) {
      throw TraceException.of(
          source,
          "it is sampled, %s, and does not show what follows what".formatted(sampling.sentence()),
          "learn from a recording of every exit");
    }
  }

  private WorkloadLearner workload(String name) {
    return workloads.computeIfAbsent(name, WorkloadLearner::new);
  }

  private static void take(String source, TraceRecord next, TraceLearner learner) {
    if (next instanceof Accepted accepted) {
      if (accepted.frame().count() > 1) {
        throw counted(source);
      }
      learner.take(accepted.frame());
    } else if (next instanceof InKernel interrupt) {
      learner.take(interrupt.frame());
    }
  }

  private static TraceException counted(String source) {
    return TraceException.of(
        source,
        "its exits were counted where they were recorded, and do not show what follows what",
        "learn from a recording of every exit");
  }

  /** The profile so far, without workloads that have no frame. */
  public Profile profile() {
    return new Profile(
        workloads.values().stream()
            .filter(it -> !it.isEmpty())
            .map(WorkloadLearner::workload)
            .toList());
  }
}
