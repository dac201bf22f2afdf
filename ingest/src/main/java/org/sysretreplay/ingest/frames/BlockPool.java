package org.sysretreplay.ingest.frames;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Blocks of {@link ColumnarFrames} that are used again: one buffer fills them while another is
 * encoded and gives its own back. Memory that was not touched before costs more than what is
 * written to it (benchmark IngestBench). For any threads.
 */
final class BlockPool {

  /** The base-two logarithm of how many rows a block has. */
  static final int ROW_BITS = 12;

  /** A block of rows of which none has a value. */
  static final long[] NO_VALUES = new long[1 << ROW_BITS];

  /**
   * Blocks are longer than their rows need: were their length a power of two, then the same row of
   * all columns would compete for the same lines of the processor's cache.
   */
  private static final int PADDING = 1 << 3;

  private final Queue<long[]> free = new ConcurrentLinkedQueue<>();

  /** A block with any values. */
  long[] take() {
    long[] block = free.poll();
    return block == null ? new long[(1 << ROW_BITS) + PADDING] : block;
  }

  void giveBack(long[] block) {
    free.add(block);
  }
}
