package org.sysretreplay.ingest.jsonl;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sysretreplay.ingest.trace.Head;

/** Recognises frames in JSON by the first lines, or by the first object if it has several. */
public final class JsonLinesSniffer {

  /** Any of these keys tells a frame from other objects; a broken line may lack some. */
  private static final Pattern FRAME_KEY =
      Pattern.compile("\"(rip|rcx|r11|rflags|ts_ns|entry)\"\\s*:");

  /** Objects of several lines are common in other files: only a register makes one a frame. */
  private static final Pattern REGISTER = Pattern.compile("\"(rip|rcx|r11|rflags)\"\\s*:");

  /** A line that begins an array of objects, or a lone brace; messages begin with brackets, too. */
  private static final Pattern SPREAD = Pattern.compile("\\[\\s*+([\\[{\\]]|$)|\\{$");

  /** How many lines the first object can have, with each field on a line of its own. */
  private static final int LINES = 64;

  /** How many lines are tried, since the recorder may say something of its own before a frame. */
  private static final int FIRST_LINES = 4;

  private JsonLinesSniffer() {}

  /**
   * Whether the first line opens an object that has a key of a frame, or one of the first lines is
   * an object with a register and so are most from it on, or the first object has a register. An
   * object that says that counts follow will do in place of the first one.
   */
  public static boolean claims(Head head) {
    return isSpread(head)
        ? isSpreadFrame(firstObject(head))
        : head.lines().limit(1).anyMatch(JsonLinesSniffer::isFrame) || isBehindMessages(head);
  }

  private static boolean isSpreadFrame(String object) {
    return REGISTER.matcher(object).find() || CountsHeader.isIn(object);
  }

  private static boolean isBehindMessages(Head head) {
    return head.linesWithoutComments().limit(FIRST_LINES).anyMatch(JsonLinesSniffer::hasRegister)
        && head.isMostly(JsonLinesSniffer::hasRegister, line -> false);
  }

  /** Whether frames do not have a line each: the text begins with an array, or a lone brace. */
  static boolean isSpread(Head head) {
    return head.lines().limit(1).map(String::strip).anyMatch(it -> SPREAD.matcher(it).lookingAt());
  }

  /** The first object without those within it, as far as the head has it. */
  static String firstObject(Head head) {
    return firstObject(head.lines().limit(LINES).collect(Collectors.joining("\n")));
  }

  /** The first object without those within it, as far as the text has it. */
  private static String firstObject(String text) {
    StringBuilder own = new StringBuilder();
    int depth = 0;
    int at = text.indexOf('{');
    while (at >= 0 && at < text.length()) {
      char first = text.charAt(at);
      int next = first == '"' ? endOfString(text, at) : at + 1;
      depth += first == '{' ? 1 : first == '}' ? -1 : 0;
      if (depth == 1) {
        own.append(text, at, next);
      }
      at = depth == 0 ? text.length() : next;
    }
    return own.toString();
  }

  /** Where the string ends that begins there; a quote behind a backslash is a part of it. */
  private static int endOfString(String text, int start) {
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, text.length());
  }

  private static boolean isFrame(String line) {
    return CountsHeader.isOne(line)
        || line.stripLeading().startsWith("{") && FRAME_KEY.matcher(line).find();
  }

  /** Whether a line opens an object that has a register. */
  static boolean hasRegister(String line) {
    return line.stripLeading().startsWith("{") && REGISTER.matcher(line).find();
  }
}
