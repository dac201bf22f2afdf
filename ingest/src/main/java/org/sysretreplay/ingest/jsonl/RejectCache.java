package org.sysretreplay.ingest.jsonl;

import java.util.Arrays;
import org.sysretreplay.ingest.trace.RejectReason;

/**
 * A cache of what is wrong with lines. Finding that out takes ten times as long as a sound line,
 * and a hostile text that unpacks to many broken lines has the same ones again and again.
 */
final class RejectCache {

  /**
   * What is wrong with a line.
   *
   * @param ofCounts whether the line is a header of counts
   */
  record Fault(RejectReason reason, String detail, boolean ofCounts) {}

  private static final int KNOWN = 1 << 8;
  private static final int MAX_BYTES = 1 << 9;

  private final byte[][] lines = new byte[KNOWN][];
  private final Fault[] faults = new Fault[KNOWN];

  /** What is wrong with such a line; null if it is not in the cache. */
  Fault get(byte[] text, int start, int end) {
    if (end - start > MAX_BYTES) {
      return null;
    }
    int slot = slot(text, start, end);
    byte[] line = lines[slot];
    return line != null && Arrays.equals(line, 0, line.length, text, start, end)
        ? faults[slot]
        : null;
  }

  void put(byte[] text, int start, int end, Fault fault) {
    if (end - start <= MAX_BYTES) {
      int slot = slot(text, start, end);
      lines[slot] = Arrays.copyOfRange(text, start, end);
      faults[slot] = fault;
    }
  }

  private static int slot(byte[] text, int start, int end) {
    int hash = end - start;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + text[i];
    }
    return (hash ^ hash >>> 16) & KNOWN - 1;
  }
}
