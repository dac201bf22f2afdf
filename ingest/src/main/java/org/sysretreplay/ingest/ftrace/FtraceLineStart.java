package org.sysretreplay.ingest.ftrace;

import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.ingest.text.TextCursor;

/**
 * The start of a line, with the thread, the CPU and the time, up to the colon behind the time:
 * {@code ls-231 ( 230) [000] d..1. 15.82:}. The process in round brackets is printed with the
 * option {@code record-tgid}, the flags unless {@code noirq-info} is set.
 *
 * @param timeNanos empty if the trace clock does not count seconds
 * @param end the position behind that colon
 */
record FtraceLineStart(Task task, OptionalLong cpu, OptionalLong timeNanos, int end) {

  /** The name of a thread is printed right-aligned in a field of this many bytes. */
  private static final int COMM_WIDTH = 16;

  /** How far the name can reach if the name of an instance stands before it, or blanks are lost. */
  private static final int MAX_COMM_END = 300;

  private static final int NANO_DIGITS = 9;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /**
   * Finds the start of a line. A name may hold blanks, dashes and digits: so the end of its field
   * is tried first, and then every dash from the left.
   */
  static Optional<FtraceLineStart> find(byte[] bytes, int start, int end) {
    Optional<FtraceLineStart> aligned = at(bytes, start, start + COMM_WIDTH, end);
    int limit = Math.min(end, start + MAX_COMM_END);
    for (int i = start; aligned.isEmpty() && i < limit; i++) {
      aligned = at(bytes, start, i, end);
    }
    return aligned;
  }

  private static Optional<FtraceLineStart> at(byte[] bytes, int start, int commEnd, int lineEnd) {
    if (commEnd >= lineEnd || bytes[commEnd] != '-') {
      return Optional.empty();
    }
    TextCursor line = new TextCursor(bytes, lineEnd, commEnd + 1);
    OptionalLong tid = line.takeDecimal(false);
    line.skipBlanks();
    OptionalLong pid = takeProcess(line);
    line.skipBlanks();
    OptionalLong cpu = line.take('[') ? line.takeDecimal(false) : OptionalLong.empty();
    if (tid.isEmpty() || cpu.isEmpty() || !line.take(']')) {
      return Optional.empty();
    }
    String comm = line.text(Math.max(start, commEnd - COMM_WIDTH), commEnd).stripLeading();
    Task task = new Task(pid, tid, Optional.of(comm));
    return takeClock(line).map(time -> new FtraceLineStart(task, cpu, time, line.at()));
  }

  /** Takes {@code ( 230)}, or {@code (-------)} if the process is not known any more. */
  private static OptionalLong takeProcess(TextCursor line) {
    int start = line.at();
    if (!line.take('(')) {
      return OptionalLong.empty();
    }
    line.skipBlanks();
    OptionalLong pid = line.takeDecimal(false);
    while (pid.isEmpty() && line.take('-')) {
      // The dashes fill the field.
    }
    if (!line.take(')')) {
      line.moveTo(start);
      return OptionalLong.empty();
    }
    return pid;
  }

  /** Takes the time, with or without flags before it; empty if there is none. */
  private static Optional<OptionalLong> takeClock(TextCursor line) {
    line.skipBlanks();
    int start = line.at();
    Optional<OptionalLong> time = takeTime(line);
    if (time.isEmpty()) {
      line.moveTo(start);
      line.takeWord();
      line.skipBlanks();
      time = takeTime(line);
    }
    return time;
  }

  /**
   * Takes seconds, a dot, and 1 to 9 digits, and gives nanoseconds. A number without a dot is a
   * time in another unit, which gives an empty value.
   */
  private static Optional<OptionalLong> takeTime(TextCursor line) {
    OptionalLong seconds = line.takeDecimal(false);
    if (seconds.isEmpty()) {
      return Optional.empty();
    }
    if (line.take(':')) {
      return Optional.of(OptionalLong.empty());
    }
    int digits = line.take('.') ? line.digits() : 0;
    if (digits < 1 || digits > NANO_DIGITS || seconds.getAsLong() > maxSeconds()) {
      return Optional.empty();
    }
    long nanos = line.takeDecimal(false).orElseThrow();
    for (int i = digits; i < NANO_DIGITS; i++) {
      nanos *= 10;
    }
    long time = seconds.getAsLong() * NANOS_PER_SECOND + nanos;
    return line.take(':') ? Optional.of(OptionalLong.of(time)) : Optional.empty();
  }

  private static long maxSeconds() {
    return Long.MAX_VALUE / NANOS_PER_SECOND - 1;
  }
}
