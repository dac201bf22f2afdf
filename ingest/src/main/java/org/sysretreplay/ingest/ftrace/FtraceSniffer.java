package org.sysretreplay.ingest.ftrace;

import java.util.regex.Pattern;
import org.sysretreplay.ingest.trace.Head;

/** Recognises the text of ftrace by its header or by its first lines. */
public final class FtraceSniffer {

  /** How many lines are tried, since the first one may be cut off. */
  private static final int LINES = 2;

  /** The first line of tracefs; comments of users may stand before it. */
  private static final String TRACER = "# tracer: ";

  /** Lines of trace-cmd, and of lost events, before the first record. */
  private static final Pattern PREFACE =
      Pattern.compile("cpus=\\d+|version = \\d+|CPU \\d+ is empty|CPU:\\d+ \\[.*EVENTS.*]");

  /**
   * A name, a dash, the thread, the process in round brackets, the CPU, flags and the time; the
   * process and the flags may be missing. A name may end with a blank only if it fills its field,
   * and never with a digit and a slash: a dash behind these is the sign of a number. No name begins
   * with a brace.
   */
  private static final Pattern RECORD =
      Pattern.compile(
          "(?!\\s*+\\{)(.{16}|.{0,300}?\\S(?<!\\d/))-\\d+\\s+"
              + "(\\([\\s\\d-]+\\)\\s+)?\\[\\d+]\\s*(\\S+\\s+)?\\d+(\\.\\d+)?:\\s");

  private FtraceSniffer() {}

  /**
   * Whether a comment names the tracer, or one of the first two lines is a record, or most lines
   * are records from the first one on: other lines may stand above it.
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
