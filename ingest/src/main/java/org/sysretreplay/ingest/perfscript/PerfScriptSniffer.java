package org.sysretreplay.ingest.perfscript;

import java.nio.charset.StandardCharsets;
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

  /** The same without a name and a thread, which the reject then asks for. */
  private static final Pattern WITHOUT_THREAD =
      Pattern.compile("\\s*+(\\[\\d+]\\s+)?\\d+\\.\\d{6,9}:\\s+(\\d+\\s+)?\\w+:\\w+: ");

  private PerfScriptSniffer() {}

  /**
   * Whether the header of perf script stands first, or a sample in one of the first two lines, or
   * most lines are of samples from the first one on: messages of perf may stand above it.
   */
  public static boolean claims(Head head) {
    return hasHeader(head)
        || head.linesWithoutComments().limit(LINES).anyMatch(it -> SAMPLE.matcher(it).lookingAt())
        || head.isMostly(PerfScriptSniffer::isSample, PerfScriptSniffer::isFurtherLine);
  }

  private static boolean isSample(String line) {
    return !line.stripLeading().startsWith("{")
        && (ScriptLineParser.isWhole(line) || WITHOUT_THREAD.matcher(line).lookingAt());
  }

  private static boolean isFurtherLine(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return FurtherLines.isIndented(bytes, 0)
        || FurtherLines.canBelong(bytes, 0, bytes.length)
        || FurtherLines.isMessage(bytes, 0, bytes.length)
        || line.startsWith(PrintedRegisters.START);
  }

  private static boolean hasHeader(Head head) {
    return head.commentsAtStart()
        .dropWhile(it -> BAR.matcher(it).matches())
        .limit(1)
        .anyMatch(it -> CAPTURED.matcher(it).matches());
  }
}
