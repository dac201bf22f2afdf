package org.sysretreplay.ingest.jsonl;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sysretreplay.ingest.trace.Head;

/** Recognises frames in JSON by the first line, or by the first object if it has several lines. */
public final class JsonLinesSniffer {

  /** Any of these keys tells a frame from other objects; a broken line may lack some. */
  private static final Pattern FRAME_KEY =
      Pattern.compile("\"(rip|rcx|r11|rflags|ts_ns|entry)\"\\s*:");

  /** Objects of several lines are common in other files: only a register makes one a frame. */
  private static final Pattern REGISTER = Pattern.compile("\"(rip|rcx|r11|rflags)\"\\s*:");

  /** How many lines the first object can have, with each field on a line of its own. */
  private static final int LINES = 64;

  private JsonLinesSniffer() {}

  /**
   * Whether the first line opens an object that has a key of a frame, or the first object has one.
   */
  public static boolean claims(Head head) {
    return isSpread(head)
        ? REGISTER.matcher(firstObject(head)).find()
        : head.lines().limit(1).anyMatch(JsonLinesSniffer::isFrame);
  }

  /** Whether frames do not have a line each: the text begins with an array, or a lone brace. */
  static boolean isSpread(Head head) {
    return head.lines()
        .limit(1)
        .map(String::strip)
        .anyMatch(it -> it.startsWith("[") || it.equals("{"));
  }

  private static String firstObject(Head head) {
    String start = head.lines().limit(LINES).collect(Collectors.joining("\n"));
    int open = start.indexOf('{');
    int close = start.indexOf('}');
    return open < 0 ? "" : start.substring(open, close < open ? start.length() : close);
  }

  private static boolean isFrame(String line) {
    return CountsHeader.isOne(line)
        || line.stripLeading().startsWith("{") && FRAME_KEY.matcher(line).find();
  }
}
