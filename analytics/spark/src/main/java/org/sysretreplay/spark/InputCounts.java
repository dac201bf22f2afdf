package org.sysretreplay.spark;

import org.sysretreplay.ingest.trace.Counts;

/**
 * What became of the records of an input: seen = accepted + rejected + ignored, always.
 *
 * @param seen records of the input
 * @param accepted those that are frames
 * @param rejected those that should be frames and are damaged
 * @param ignored those that are something else
 * @param lost records that the recorder lost, as it said itself; they were never seen
 */
public record InputCounts(long seen, long accepted, long rejected, long ignored, long lost) {

  static InputCounts of(Counts counts) {
    return new InputCounts(
        counts.seen(), counts.accepted(), counts.rejected(), counts.ignored(), counts.lost());
  }
}
