package org.sysretreplay.ingest.text;

import java.util.regex.Pattern;

/**
 * Recognises that one more record begins on a line: a text that was cut amid a line has another
 * behind it, or a carriage return alone stands between two lines. The fields of the one would be
 * taken with the registers of the other.
 */
public final class JoinedRecords {

  /** What a reader says of such a line. */
  public static final String COMPLAINT =
      "one more record begins on it, as where a text was cut amid a line and another put behind it";

  /** The end of a record's time, or of an event with its group. No field holds either. */
  private static final Pattern START = Pattern.compile("(\\d\\.\\d{1,9}|\\w:\\w++): ");

  /** What stands behind the thread in the start of a record. */
  private static final Pattern CPU = Pattern.compile("\\d\\s++\\[\\d");

  /**
   * No start of a record is shorter: {@code 1/1 [000] 1.000001: raw_syscalls:sys_exit:}. What
   * stands behind most system calls is, and is not looked at, which would cost a tenth of the time.
   */
  private static final int LEAST_START = 40;

  private JoinedRecords() {}

  /** Whether a record begins, or the rest of one stands, between the two positions. */
  public static boolean areIn(TextCursor line, int from, int to) {
    return to - from >= LEAST_START
        && line.hasColonAndBlank(from, to)
        && START.matcher(line.text(from, to)).find();
  }

  /**
   * Whether the name of a thread is the start of another record, and a name: this is asked of names
   * that are longer than those of user threads.
   */
  public static boolean areInName(TextCursor line, int from, int to) {
    return CPU.matcher(line.text(from, to)).find();
  }
}
