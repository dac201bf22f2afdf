package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * A question to frames whose answer can be added up in parts: a {@link FrameSink} adds up the
 * frames of one trace or of a part of it, and the results are merged in any order. It is serialized
 * to the workers that read the frames.
 *
 * @param <T> the table that it adds up
 */
public interface Fold<T> extends Serializable {

  /** Whether the frames are what was returned to, or what the events carried. */
  Reading reading();

  /** The columns that the question needs besides those that decide a verdict. */
  List<GroupColumn> by();

  /**
   * The questions that this one is made of. Where frames are counted column by column, each is
   * counted by itself and the results are merged.
   */
  default List<? extends Fold<T>> apart() {
    return List.of(this);
  }

  /**
   * Whether frames are also told apart by the address that they return to. If so, {@link #locate}
   * is called with the maps of every trace.
   */
  default boolean byAddress() {
    return false;
  }

  /**
   * Gives the code that the processes of a trace had mapped. Called once the frames of the trace,
   * or of a part of it, are in the table.
   */
  default void locate(T table, String traceId, ExecutableMaps maps) {}

  /**
   * Why exits that were counted together at the recorder cannot be asked, if so: for example, they
   * have no time each.
   *
   * @param source the file or the stored trace that they come from
   */
  default Optional<TraceException> complaint(String source) {
    return GroupColumn.complaint(by(), source);
  }

  /**
   * Makes sure that exits which were counted together can be asked.
   *
   * @param source the file or the stored trace that they come from
   * @throws TraceException if they cannot
   */
  default void checkCounted(String source) {
    complaint(source)
        .ifPresent(
            it -> {
              throw it;
            });
  }

  /** A new table that no frame was added to. */
  T zero();

  /** A new sink for the frames of a trace, or of a part of it. */
  FrameSink<T> begin(String workload, String traceId);

  /**
   * Notes that the trace exists, whether it has frames or not.
   *
   * @param nanos the time from its first frame to its last
   */
  void note(T table, String workload, String traceId, long nanos);

  /** The sum of both; may add into the left one. */
  T merge(T left, T right);
}
