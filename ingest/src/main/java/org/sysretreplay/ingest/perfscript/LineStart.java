package org.sysretreplay.ingest.perfscript;

import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.ingest.sample.OptionalLongCache;
import org.sysretreplay.ingest.text.TextCursor;

/**
 * The start of a sample's line, before the event: the thread, and, if they were printed, its name,
 * the CPU, the time and the period.
 *
 * @param commEnd the position behind the name; that of the line's first byte if there is none
 * @param withPid whether the process is printed too
 * @param timed whether the time is printed
 * @param timeNanos the time in nanoseconds; 0 if it is not printed
 * @param end the position of the event
 */
record LineStart(
    int commEnd,
    boolean withPid,
    long pid,
    long tid,
    OptionalLong cpu,
    boolean timed,
    long timeNanos,
    int end) {

  /** perf prints the thread's name right-aligned in a field of this many bytes. */
  static final int COMM_WIDTH = 16;

  /** Newer kernels give kernel threads names of up to 64 bytes. */
  private static final int MAX_COMM_BYTES = 64 + 1;

  /** The longest value of the field misc, such as {@code K} or {@code Sp}. */
  private static final int MAX_MISC_BYTES = 5;

  /** {@code perf script -L} prints the CPU right-aligned in a field of this many bytes. */
  private static final int BARE_CPU_WIDTH = 3;

  /** No processor of x86 has a number of more digits. */
  private static final int MAX_CPU_DIGITS = 4;

  private static final int NANO_DIGITS = 9;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NO_TIME = -1;

  /**
   * Finds the start of a line. A name may hold blanks, digits and slashes: so the end of its field
   * is tried first. If a blank stands before that end, it is seldom the name's: in a line whose
   * fields stand further left it is the padding of the period. Such a line is searched from the
   * left, too. So is one in which a lone number stands there behind a digit: with {@code perf
   * script -L}, whose names are shorter, these are the CPU and the end of the thread's number.
   */
  static Optional<LineStart> find(byte[] bytes, int start, int end) {
    int fieldEnd = start + COMM_WIDTH;
    Optional<LineStart> aligned = behindName(bytes, fieldEnd, end);
    boolean isNameFull = aligned.isPresent() && bytes[fieldEnd - 1] != ' ';
    if (isNameFull && !(aligned.get().mayHaveLoneNumber() && isDigit(bytes[fieldEnd - 1]))) {
      return aligned;
    }
    Optional<LineStart> unaligned = unaligned(bytes, start, end);
    if (aligned.isEmpty() || unaligned.isEmpty()) {
      return unaligned;
    }
    boolean isAligned =
        isNameFull
            ? unaligned.get().cpu().isEmpty()
            : isBlank(bytes, unaligned.get().commEnd(), fieldEnd);
    return isAligned ? aligned : unaligned;
  }

  /** Whether one number alone may stand before the time: it is taken for process and thread. */
  private boolean mayHaveLoneNumber() {
    return pid == tid && cpu.isEmpty() && timed;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  /**
   * The start of a line without a name, or else behind the first blank that fits, for names that
   * lost their alignment.
   */
  private static Optional<LineStart> unaligned(byte[] bytes, int start, int end) {
    Optional<LineStart> nameless = at(bytes, start, end);
    if (nameless.isPresent() && isBareCpu(bytes, nameless.get(), start, end)) {
      return Optional.empty();
    }
    if (nameless.isPresent() && isBeforeEvent(bytes, nameless.get().end(), end)) {
      return nameless;
    }
    Optional<LineStart> found = Optional.empty();
    int limit = Math.min(end, start + MAX_COMM_BYTES);
    for (int i = start + 1; found.isEmpty() && i < limit; i++) {
      found = behindName(bytes, i, end);
    }
    return found.isEmpty() ? nameless : found;
  }

  /**
   * Whether the number at the start of a line is the CPU of {@code perf script -L} and no thread's:
   * perf prints a thread in five columns or more, and the CPU in three.
   */
  private static boolean isBareCpu(byte[] bytes, LineStart nameless, int start, int lineEnd) {
    TextCursor line = new TextCursor(bytes, lineEnd, start);
    line.skipBlanks();
    return nameless.mayHaveLoneNumber()
        && line.takesDecimal(true)
        && line.at() - start == BARE_CPU_WIDTH
        && line.peek() == ' ';
  }

  private static boolean isBeforeEvent(byte[] bytes, int at, int lineEnd) {
    return new TextCursor(bytes, lineEnd, at).takeWord().endsWith(":");
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    TextCursor name = new TextCursor(bytes, to, from);
    name.skipBlanks();
    return name.atEnd();
  }

  private static Optional<LineStart> behindName(byte[] bytes, int commEnd, int lineEnd) {
    return commEnd < lineEnd && bytes[commEnd] == ' '
        ? at(bytes, commEnd, lineEnd)
        : Optional.empty();
  }

  private static Optional<LineStart> at(byte[] bytes, int commEnd, int lineEnd) {
    TextCursor line = new TextCursor(bytes, lineEnd, commEnd);
    line.skipBlanks();
    boolean withPid = line.takesDecimal(true);
    long pid = withPid ? line.number() : 0;
    // A slash before a minus sign is the end of a name in ftrace's text, and its dash.
    boolean slashed = line.take('/');
    boolean withTid = slashed ? line.takesDecimal(withPid) : withPid;
    if (!withTid || line.peek() != ' ') {
      return Optional.empty();
    }
    long tid = line.number();
    int tidEnd = line.at();
    line.skipBlanks();
    OptionalLong cpu = OptionalLong.empty();
    if (line.take('[')) {
      if (!line.takesDecimal(true)) {
        return Optional.empty();
      }
      cpu = OptionalLongCache.of(line.number());
      if (!line.take(']')) {
        return Optional.empty();
      }
      line.skipBlanks();
    }
    long time = takeTime(line);
    if (time == NO_TIME && cpu.isEmpty()) {
      cpu = takeBareCpu(line, tidEnd, slashed);
    }
    if (time == NO_TIME) {
      time = takeTimeBehindOthers(line);
    }
    boolean timed = time != NO_TIME;
    skipPeriod(line);
    return timed || isEvent(line, cpu.isPresent())
        ? Optional.of(
            new LineStart(commEnd, withPid, pid, tid, cpu, timed, timed ? time : 0, line.at()))
        : Optional.empty();
  }

  /**
   * Takes the CPU as {@code perf script -L} prints it, without brackets, if a time follows it:
   * otherwise the number is the period. A thread's number without a slash before it may be the end
   * of a name, and the number behind it the thread's; only that of a CPU is so narrow.
   */
  private static OptionalLong takeBareCpu(TextCursor line, int tidEnd, boolean slashed) {
    int start = line.at();
    int digits = line.digits();
    boolean fits = slashed || start + digits == tidEnd + 1 + Math.max(BARE_CPU_WIDTH, digits);
    if (digits <= MAX_CPU_DIGITS && fits && line.takesDecimal(false) && line.peek() == ' ') {
      long cpu = line.number();
      line.skipBlanks();
      int behind = line.at();
      if (takeTimeBehindOthers(line) != NO_TIME) {
        line.moveTo(behind);
        return OptionalLongCache.of(cpu);
      }
    }
    line.moveTo(start);
    return OptionalLong.empty();
  }

  /** Takes the time, with or without the fields that can stand right before it. */
  private static long takeTimeBehindOthers(TextCursor line) {
    skipMisc(line);
    skipTimeOfDay(line);
    return takeTime(line);
  }

  private static void skipMisc(TextCursor line) {
    int start = line.at();
    while (Character.isLetter(line.peek())) {
      line.moveTo(line.at() + 1);
    }
    int length = line.at() - start;
    if (length == 0 || length > MAX_MISC_BYTES || line.peek() != ' ') {
      line.moveTo(start);
    }
    line.skipBlanks();
  }

  /** {@code 2026-11-28 12:51:34.123456}, printed before the time with {@code -F +tod}. */
  private static void skipTimeOfDay(TextCursor line) {
    int start = line.at();
    boolean isDate =
        line.takesDecimal(false)
            && line.take('-')
            && line.takesDecimal(false)
            && line.take('-')
            && line.takesDecimal(false)
            && line.take(' ');
    if (isDate) {
      line.takeWord();
      line.skipBlanks();
    } else {
      line.moveTo(start);
    }
  }

  /** Skips the period that {@code -F +period} prints before the event. */
  private static void skipPeriod(TextCursor line) {
    line.skipBlanks();
    int start = line.at();
    if (line.takesDecimal(false) && line.peek() == ' ') {
      line.skipBlanks();
    } else {
      line.moveTo(start);
    }
  }

  /**
   * Whether an event follows although no time does: a name with its group, or, behind a CPU, any
   * name with a colon.
   */
  private static boolean isEvent(TextCursor line, boolean anyName) {
    int start = line.at();
    boolean begins = Character.isLetter(line.peek()) || line.peek() == '_';
    String word = begins ? line.takeWord() : "";
    line.moveTo(start);
    int colon = word.indexOf(':');
    boolean withGroup = colon > 0 && colon < word.length() - 1;
    return word.startsWith(ScriptLineParser.RECORD) || word.endsWith(":") && (anyName || withGroup);
  }

  /**
   * Takes seconds, a dot, 1 to 9 digits (perf prints 6 or 9) and a colon, and gives nanoseconds.
   * Returns {@link #NO_TIME} and stays where it is if there is no such time.
   */
  private static long takeTime(TextCursor line) {
    int start = line.at();
    long time = time(line);
    if (time == NO_TIME) {
      line.moveTo(start);
    }
    return time;
  }

  private static long time(TextCursor line) {
    if (!line.takesDecimal(false)) {
      return NO_TIME;
    }
    long seconds = line.number();
    int digits = line.take('.') ? line.digits() : 0;
    if (digits < 1 || digits > NANO_DIGITS || seconds > Long.MAX_VALUE / NANOS_PER_SECOND - 1) {
      return NO_TIME;
    }
    line.takesDecimal(false);
    long nanos = line.number();
    for (int i = digits; i < NANO_DIGITS; i++) {
      nanos *= 10;
    }
    return line.take(':') ? seconds * NANOS_PER_SECOND + nanos : NO_TIME;
  }
}
