package org.sysretreplay.ingest.perfscript;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines in a text of perf script that no sample begins with. */
final class FurtherLines {

  /** The functions of a stack, and what is printed of each, begin with a tab. */
  private static final char TAB = '\t';

  /**
   * The same where tabs became blanks, and what else stands below a sample: a function, where it is
   * in the source ({@code -F +srcline}), the source itself, and bytes of a BPF program.
   */
  private static final Pattern OF_STACK =
      Pattern.compile(
          "\\s++[0-9a-f]{1,16}+(\\s++(?!.*:\\s).*)?"
              + "|\\s++\\S*(:\\d+|:\\?|\\[[0-9a-f]+])(\\s+\\(.*\\))?\\s*"
              + "|  /.*:\\d+(\\s+\\(.*\\))?\\s*"
              + "|\\s*+\\|\\d+\\s.*"
              + "|\\s++(BPF (output|string): |[0-9a-f]{4}: ).*");

  /** What perf says on standard error, which {@code &>} mixes into the text. */
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

  /** Longer lines are told by their start: a pattern is tried at every place of a line. */
  private static final int MAX_LOOKED_AT = 1 << 12;

  private FurtherLines() {}

  /** Whether the line is of a stack, wherever it stands. */
  static boolean isIndented(byte[] line, int start) {
    return line[start] == TAB;
  }

  /** Whether the line can belong to the sample above it, and says nothing of it that is needed. */
  static boolean canBelong(byte[] line, int start, int end) {
    return OF_STACK.matcher(text(line, start, end)).matches();
  }

  /** Whether perf says something there, and prints nothing. */
  static boolean isMessage(byte[] line, int start, int end) {
    return line[start] > ' ' && MESSAGE.matcher(text(line, start, end)).matches();
  }

  /** How many pieces of the recording perf says are missing: each is a sample or more. */
  static OptionalLong lostChunks(byte[] line, int start, int end) {
    Matcher lost = LOST_CHUNKS.matcher(text(line, start, end));
    return lost.matches() ? OptionalLong.of(Long.parseLong(lost.group(1))) : OptionalLong.empty();
  }

  private static String text(byte[] line, int start, int end) {
    int length = Math.min(end - start, MAX_LOOKED_AT);
    return new String(line, start, length, StandardCharsets.UTF_8);
  }
}
