package org.sysretreplay.ingest.perfscript;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.trace.Head;

/** Recognises the text of perf script by its header or by its first lines. */
public final class PerfScriptSniffer {

  /** How many lines are tried, since the first one may be cut off. */
  private static final int LINES = 2;

  /** The first comment of {@code --header}, behind a bar of equals signs. */
  private static final Pattern CAPTURED = Pattern.compile("# captured on *:.*");

  private static final Pattern BAR = Pattern.compile("# =+");

  /**
   * A name, a blank, pid/tid, the CPU, and a word with a colon, which is the time, the event or the
   * registers. A line that lacks some of these three is claimed too, so that its reject says what
   * to print. No name begins with a brace.
   */
  private static final Pattern SAMPLE =
      Pattern.compile("(?!\\s*+\\{).{0,64}?\\s-?\\d+(/-?\\d+)?\\s+\\[\\d+]\\s+(\\d+\\s+)?\\S+?:");

  /** The same without a name and a thread; the reject asks for them. */
  private static final Pattern WITHOUT_THREAD =
      Pattern.compile("\\s*+(\\[?\\d+]?\\s+)?\\d+\\.\\d{6,9}:\\s+(\\d+\\s+)?\\w+:\\w+: ");

  private PerfScriptSniffer() {}

  /**
   * Whether the text begins with the header of perf script, or has a sample in one of the first two
   * lines, or consists mostly of samples from the first one on: messages of perf may stand above
   * it.
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
    return ContinuationLines.isIndented(bytes, 0)
        || ContinuationLines.canBelong(bytes, 0, bytes.length)
        || isMessage(line)
        || line.startsWith(PrintedRegisters.START);
  }

  private static boolean isMessage(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return ContinuationLines.isMessage(bytes, 0, bytes.length);
  }

  /** Messages of perf, which {@code &>} puts first, may stand above the header. */
  private static boolean hasHeader(Head head) {
    return head.lines()
        .dropWhile(it -> isMessage(it) || BAR.matcher(it).matches())
        .limit(1)
        .anyMatch(it -> CAPTURED.matcher(it).matches());
  }
}
