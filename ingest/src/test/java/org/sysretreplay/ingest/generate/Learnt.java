package org.sysretreplay.ingest.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.generate.Profile.Workload;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;

/** Helpers for the tests of this package: profiles of the sample traces. */
final class Learnt {

  private static final Map<Path, Workload> OF = new ConcurrentHashMap<>();

  private Learnt() {}

  /** The profile of the perf.data in that folder. */
  static Workload from(Path folder) {
    return OF.computeIfAbsent(folder, it -> profile(it).workloads().get(0));
  }

  /** The profile of all traces in a folder. */
  static Profile profile(Path folder) {
    ProfileLearner learner = new ProfileLearner();
    TraceInputs.find(List.of(folder), Optional.empty(), Optional.empty())
        .traces()
        .forEach(learner::add);
    return learner.profile();
  }

  /** The frames of the perf.data in that folder, those of an interrupted kernel included. */
  static List<ExitFrame> frames(Path folder) {
    TraceInput input =
        TraceInputs.find(List.of(folder.resolve("perf.data")), Optional.empty(), Optional.empty())
            .traces()
            .get(0);
    List<ExitFrame> frames = new ArrayList<>();
    try (CountingReader reader = input.open(Reading.ASSEMBLED)) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          frames.add(accepted.frame());
        } else if (next instanceof InKernel interrupt) {
          frames.add(interrupt.frame());
        }
      }
    }
    return frames;
  }
}
