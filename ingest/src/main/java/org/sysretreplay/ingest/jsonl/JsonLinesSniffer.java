package org.sysretreplay.ingest.jsonl;

import java.util.regex.Pattern;
import org.sysretreplay.ingest.trace.Head;

/** Knows JSON lines by the first line. */
public final class JsonLinesSniffer {

  /** Any of these tells a frame from other objects; a broken line may lack some. */
  private static final Pattern FRAME_KEY =
      Pattern.compile("\"(rip|rcx|r11|rflags|ts_ns|entry)\"\\s*:");

  private JsonLinesSniffer() {}

  /** Whether the first line opens an object that has a key of a frame. */
  public static boolean claims(Head head) {
    return head.lines().limit(1).anyMatch(JsonLinesSniffer::isFrame);
  }

  private static boolean isFrame(String line) {
    return line.stripLeading().startsWith("{") && FRAME_KEY.matcher(line).find();
  }
}
