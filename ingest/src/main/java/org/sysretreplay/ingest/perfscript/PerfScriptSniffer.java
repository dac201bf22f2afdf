package org.sysretreplay.ingest.perfscript;

import java.util.regex.Pattern;
import org.sysretreplay.ingest.trace.Head;

/** Knows the text of perf script by its header or by its first lines. */
public final class PerfScriptSniffer {

  /** The first line may be cut in half. */
  private static final int LINES = 2;

  /** The first comment of {@code --header}, behind a bar of equals signs. */
  private static final Pattern CAPTURED = Pattern.compile("# captured on *:.*");

  private static final Pattern BAR = Pattern.compile("# =+");

  /**
   * A name, a blank, pid/tid, the CPU, and behind it a word with a colon: the time, the event or
   * the registers. A line that lacks some of these three is claimed all the same, so that it
   * becomes a reject that says what to print. No name begins with a brace.
   */
  private static final Pattern SAMPLE =
      Pattern.compile("(?!\\s*+\\{).{0,64}?\\s-?\\d+(/-?\\d+)?\\s+\\[\\d+]\\s+(\\d+\\s+)?\\S+?:");

  private PerfScriptSniffer() {}

  /** Whether the header of perf script stands first, or a sample in one of the first two lines. */
  public static boolean claims(Head head) {
    return hasHeader(head)
        || head.linesWithoutComments().limit(LINES).anyMatch(it -> SAMPLE.matcher(it).lookingAt());
  }

  private static boolean hasHeader(Head head) {
    return head.commentsAtStart()
        .dropWhile(it -> BAR.matcher(it).matches())
        .limit(1)
        .anyMatch(it -> CAPTURED.matcher(it).matches());
  }
}
