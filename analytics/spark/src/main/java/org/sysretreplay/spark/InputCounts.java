package org.sysretreplay.spark;

import org.sysretreplay.ingest.trace.Counts;

/**
 * What became of the records of an input; always seen = accepted + rejected + ignored.
 *
 * @param seen the records of the input
 * @param accepted the records that are frames
 * @param rejected the records that should be frames and are damaged
 * @param ignored the records that are something else
 * @param lost the records that the recorder says it lost; they are not among those seen
 */
public record InputCounts(long seen, long accepted, long rejected, long ignored, long lost) {

  static InputCounts of(Counts counts) {
    return new InputCounts(
        counts.seen(), counts.accepted(), counts.rejected(), counts.ignored(), counts.lost());
  }
}
