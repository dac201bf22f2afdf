package org.sysretreplay.ingest.perfscript;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.text.TextCursor;

/**
 * Recognises lines of perf script that are no first line of a sample: call stacks, source lines and
 * messages of perf.
 */
final class ContinuationLines {

  /** Lines of call stacks, and the details of a function, begin with a tab. */
  private static final char TAB = '\t';

  /**
   * Such lines with blanks instead of tabs, and other lines below a sample: a function's place in
   * the source ({@code -F +srcline}), the source itself, and output of BPF programs.
   */
  private static final Pattern OF_STACK =
      Pattern.compile(
          "\\s++[0-9a-f]{1,16}+(\\s++(?!.*:\\s).*)?"
              + "|\\s++\\S*(:\\d+|:\\?|\\[[0-9a-f]+])(\\s+\\(.*\\))?\\s*"
              + "|  /.*:\\d+(\\s+\\(.*\\))?\\s*"
              + "|\\s*+\\|\\d+\\s.*"
              + "|\\s++(BPF (output|string): |[0-9a-f]{4}: ).*");

  /** Messages of perf on standard error, which {@code &>} mixes into the text. */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "'\\S+' not valid for .* events\\. Ignoring\\."
              + "|(?i:warning):.*"
              + "|Processed \\d+ (events|samples) and lost .*"
              + "|Check (IO/CPU overload|your setup|/proc/\\S+).*"
              + "|\\d+ (out of order|unknown|unprocessable|invalid) .*"
              + "|Found \\d+ (unknown|invalid|unprocessable) .*"
              + "|Timestamp below last timeslice flush.*"
              + "|corrupted callchain\\. skipping\\.\\.\\."
              + "|\\[ perf record: .*"
              + "|(addr2line|BFD|cmd__addr2line|symsrc__init|dso__\\w+|build id event received)\\W.*"
              + "|(Failed to|Couldn't|Cannot|Could not|Can't) .*"
              + "|(Samples for|Display of) .*"
              + "|(pmu capabilities not available|Looking at the vmlinux_path|Using /proc/\\S+ for).*"
              + "|/proc/\\{kallsyms,modules} inconsistency.*"
              + "|no symbols found in .*");

  private static final Pattern LOST_CHUNKS =
      Pattern.compile("Processed \\d+ events and lost (\\d{1,18}) chunks!.*");

  /** Only the start of a longer line is matched, because patterns backtrack. */
  private static final int MAX_LOOKED_AT = 1 << 12;

  private ContinuationLines() {}

  /** Whether the line begins with a tab, so that it is of a call stack wherever it stands. */
  static boolean isIndented(byte[] line, int start) {
    return line[start] == TAB;
  }

  /**
   * Whether the line can belong to the sample above it, without holding anything that is needed.
   */
  static boolean canBelong(byte[] line, int start, int end) {
    return OF_STACK.matcher(text(line, start, end)).matches();
  }

  /** Whether a function of user space stands there: perf prints its address first. */
  static boolean isOfUserCode(TextCursor function) {
    while (function.peek() == TAB || function.peek() == ' ') {
      function.moveTo(function.at() + 1);
    }
    return function.takesHex() && function.number() > 0;
  }

  /** Whether the line is a message of perf and no output. */
  static boolean isMessage(byte[] line, int start, int end) {
    return line[start] > ' ' && MESSAGE.matcher(text(line, start, end)).matches();
  }

  /**
   * How many chunks of the recording are missing, if the line says so. Each chunk is one sample or
   * more.
   */
  static OptionalLong lostChunks(byte[] line, int start, int end) {
    Matcher lost = LOST_CHUNKS.matcher(text(line, start, end));
    return lost.matches() ? OptionalLong.of(Long.parseLong(lost.group(1))) : OptionalLong.empty();
  }

  private static String text(byte[] line, int start, int end) {
    int length = Math.min(end - start, MAX_LOOKED_AT);
    return new String(line, start, length, StandardCharsets.UTF_8);
  }
}
