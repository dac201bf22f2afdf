package org.sysretreplay.ingest.ftrace;

import java.util.regex.Pattern;
import org.sysretreplay.ingest.trace.Head;

/** Knows the text of ftrace by its header or by its first lines. */
public final class FtraceSniffer {

  /** The first line may be cut in half. */
  private static final int LINES = 2;

  /** A line that tracefs puts first; comments of the user may stand before it. */
  private static final String TRACER = "# tracer: ";

  /** What trace-cmd says, and what was lost, before the first record. */
  private static final Pattern PREFACE =
      Pattern.compile("cpus=\\d+|version = \\d+|CPU \\d+ is empty|CPU:\\d+ \\[.*EVENTS.*]");

  /**
   * A name, a dash, the task, in round brackets its process, the CPU, flags and the time, of which
   * the process and the flags may be missing. A name may end with a blank only where it fills its
   * field, and never like {@code 12/}: there the dash is the sign of a number. None begins with a
   * brace.
   */
  private static final Pattern RECORD =
      Pattern.compile(
          "(?!\\s*+\\{)(.{16}|.{0,300}?\\S(?<!\\d/))-\\d+\\s+"
              + "(\\([\\s\\d-]+\\)\\s+)?\\[\\d+]\\s*(\\S+\\s+)?\\d+(\\.\\d+)?:\\s");

  private FtraceSniffer() {}

  /**
   * Whether a comment names the tracer, or a record stands in one of the first two lines, or most
   * lines are records from the first one on: other lines may stand above it.
   */
  public static boolean claims(Head head) {
    return head.commentsAtStart().anyMatch(it -> it.startsWith(TRACER))
        || hasRecord(head)
        || head.isMostly(FtraceSniffer::isRecord, FtraceSniffer::isAside);
  }

  private static boolean isRecord(String line) {
    return RECORD.matcher(line).lookingAt();
  }

  private static boolean isAside(String line) {
    return PREFACE.matcher(line).matches() || line.stripLeading().startsWith("=> ");
  }

  private static boolean hasRecord(Head head) {
    return head.linesWithoutComments()
        .filter(it -> !PREFACE.matcher(it).matches())
        .limit(LINES)
        .anyMatch(FtraceSniffer::isRecord);
  }
}
