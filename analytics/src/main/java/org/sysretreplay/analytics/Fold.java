package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.List;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.Reading;

/**
 * A question to frames, as something that adds up: frames of one trace are added to a {@link
 * FrameSink}, and what these come to is merged in any order. It goes to where the frames are read.
 *
 * @param <T> what it adds up to
 */
public interface Fold<T> extends Serializable {

  /** How the events of a trace become the frames that are added. */
  Reading reading();

  /** The columns that are asked for, besides what decides a verdict. */
  List<GroupColumn> by();

  /**
   * The questions that this one is made of, for frames that are counted by columns: each is counted
   * by its own, and what they come to is merged.
   */
  default List<? extends Fold<T>> apart() {
    return List.of(this);
  }

  /**
   * Whether frames are told apart by the address that they return to as well. Then {@link #locate}
   * is told the maps of every trace.
   */
  default boolean byAddress() {
    return false;
  }

  /**
   * Is told the code that the processes of a trace had mapped, once frames of it, or of a part of
   * it, were added.
   */
  default void locate(T table, String traceId, ExecutableMaps maps) {}

  /** Of no frame. */
  T zero();

  /** Begins with the frames of a trace, or of a part of it. */
  FrameSink<T> begin(String workload, String traceId);

  /**
   * Notes that there is a trace, whether it has frames or not.
   *
   * @param nanos from its first frame to its last
   */
  void note(T table, String workload, String traceId, long nanos);

  /** The sum of both; may add into the left one. */
  T merge(T left, T right);
}
