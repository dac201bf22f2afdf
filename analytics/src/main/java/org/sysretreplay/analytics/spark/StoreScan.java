package org.sysretreplay.analytics.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.sysretreplay.analytics.FrameView;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Shows all frames of Parquet files to a {@link Work}, counted by class and without an object per
 * frame; only sums leave a task.
 */
final class StoreScan {

  /** What one task reads at most, about 15 million frames. */
  static final long PART_BYTES = 1 << 26;

  /** For each core, so that all are done at about the same time. */
  static final int TASKS = 4;

  private StoreScan() {}

  /**
   * What is done with frames; goes to the tasks.
   *
   * @param <R> takes in the frames of one trace
   * @param <S> what these come to; adds up in any order
   */
  interface Work<R, S> extends Serializable {

    /** Takes in the frames of that trace, of which it has seen none. */
    R begin(String workload, String traceId);

    /** Takes in frames that are alike in all that is asked. */
    void add(R replay, FrameView frame, long count);

    /** What the frames seen so far came to. */
    S sum(R replay);

    S zero();

    /** The sum of both; may add into the left one. */
    S plus(S left, S right);
  }

  /** What the work makes of all frames. */
  static <R, S> S sum(
      Work<R, S> work,
      JavaSparkContext context,
      List<FramePart> parts,
      Reading reading,
      List<GroupColumn> by) {
    if (parts.isEmpty()) {
      return work.zero();
    }
    Broadcast<SerializableConfiguration> options =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    int tasks =
        Math.min(parts.size(), Math.max(context.defaultParallelism() * TASKS, tasks(parts)));
    try {
      return context
          .parallelize(parts, tasks)
          .mapPartitions(
              it -> {
                try (ParquetFiles files = new ParquetFiles(options.value().value())) {
                  return List.of(new Task<>(work, files, reading, by).sum(it)).iterator();
                }
              })
          .aggregate(work.zero(), work::plus, work::plus);
    } finally {
      // A notebook asks many questions of one session.
      options.destroy();
    }
  }

  /** So many that none reads more than is good for one. */
  private static int tasks(List<FramePart> parts) {
    long bytes = parts.stream().mapToLong(FramePart::bytes).sum();
    return (int) (bytes / PART_BYTES) + 1;
  }

  /** One task. */
  private static final class Task<R, S> {

    private final Work<R, S> work;
    private final CountedParts frames;

    Task(Work<R, S> work, ParquetFiles files, Reading reading, List<GroupColumn> by) {
      this.work = work;
      frames = new CountedParts(files, FrameOrigin.STORE, reading, by);
    }

    S sum(Iterator<FramePart> parts) {
      Map<String, R> byTrace = new HashMap<>();
      while (parts.hasNext()) {
        FramePart part = parts.next();
        R replay = byTrace.computeIfAbsent(part.trace(), it -> work.begin(part.workload(), it));
        frames.forEach(part, (frame, count) -> work.add(replay, frame, count));
      }
      return byTrace.values().stream().map(work::sum).reduce(work.zero(), work::plus);
    }
  }
}
