package org.sysretreplay.ingest.frames;

/**
 * Memory for the codes of a column, used again for the next one. Memory that was not touched before
 * costs more than what is written to it (benchmark IngestBench). For one thread.
 */
final class CodeBuffer {

  private int[] codes = {};

  /** An array of at least that length with any values, valid until the next call. */
  int[] ofLength(int least) {
    if (codes.length < least) {
      codes = new int[least];
    }
    return codes;
  }
}
