package org.sysretreplay.ingest.perfscript;

import java.util.Optional;
import org.sysretreplay.ingest.text.TextCursor;

/**
 * Who, where and when, up to the colon behind the time.
 *
 * @param commEnd the position behind the name
 * @param withPid whether the process is told, and not only the thread
 * @param end the position behind that colon
 */
record LineStart(
    int commEnd, boolean withPid, long pid, long tid, long cpu, long timeNanos, int end) {

  /** perf prints the thread's name right-aligned in a field of this many bytes. */
  private static final int COMM_WIDTH = 16;

  /** Newer kernels give kernel threads names of up to 64 bytes. */
  private static final int MAX_COMM_BYTES = 64 + 1;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /**
   * The start of a line. A name may hold blanks, digits and slashes, so its field's width is tried
   * first; then, for text that lost its alignment, every blank from the left.
   */
  static Optional<LineStart> find(byte[] bytes, int start, int end) {
    Optional<LineStart> aligned = at(bytes, start + COMM_WIDTH, end);
    int limit = Math.min(end, start + MAX_COMM_BYTES);
    for (int i = start + 1; aligned.isEmpty() && i < limit; i++) {
      aligned = at(bytes, i, end);
    }
    return aligned;
  }

  private static Optional<LineStart> at(byte[] bytes, int commEnd, int lineEnd) {
    if (commEnd >= lineEnd || bytes[commEnd] != ' ') {
      return Optional.empty();
    }
    TextCursor line = new TextCursor(bytes, lineEnd, commEnd);
    line.skipBlanks();
    boolean withPid = line.takesDecimal(true);
    long pid = withPid ? line.number() : 0;
    boolean withTid = line.take('/') ? line.takesDecimal(true) : withPid;
    if (!withTid) {
      return Optional.empty();
    }
    long tid = line.number();
    line.skipBlanks();
    if (!line.take('[') || !line.takesDecimal(true)) {
      return Optional.empty();
    }
    long cpu = line.number();
    if (!line.take(']')) {
      return Optional.empty();
    }
    line.skipBlanks();
    long time = takeTime(line);
    return time >= 0 && line.take(':')
        ? Optional.of(new LineStart(commEnd, withPid, pid, tid, cpu, time, line.at()))
        : Optional.empty();
  }

  /** Seconds, a dot, and 1 to 9 digits (perf prints 6 or 9), as whole nanoseconds; else -1. */
  private static long takeTime(TextCursor line) {
    if (!line.takesDecimal(false)) {
      return -1;
    }
    long seconds = line.number();
    int digits = line.take('.') ? line.digits() : 0;
    if (digits < 1 || digits > 9 || seconds > Long.MAX_VALUE / NANOS_PER_SECOND - 1) {
      return -1;
    }
    line.takesDecimal(false);
    long nanos = line.number();
    for (int i = digits; i < 9; i++) {
      nanos *= 10;
    }
    return seconds * NANOS_PER_SECOND + nanos;
  }
}
