package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small traces as JSON lines. */
final class JsonLines {

  /** A frame that returns by SYSRET. */
  static final String HIT = frame("syscall", "0x401000", "0x401000", "0x246", "0x246");

  /** A page fault: RCX is not RIP, R11 is not RFLAGS, and RF is set in neither. */
  static final String FAULT = frame("exception", "0x401000", "0x7", "0x0", "0x10246");

  /** Interrupted where RCX happens to be RIP, but R11 is not RFLAGS. */
  static final String TICK = frame("interrupt", "0x401000", "0x401000", "0x1", "0x246");

  /** A register of 17 hexadecimal digits. */
  static final String LONG_REGISTER =
      frame("syscall", "0x123456789abcdef01", "0x401000", "0x246", "0x246");

  /** A line cut in half. */
  static final String HALF = HIT.substring(0, HIT.length() / 2);

  private JsonLines() {}

  private static String frame(String entry, String rip, String rcx, String r11, String rflags) {
    return """
        {"ts_ns":1500000000,"cpu":0,"pid":7,"tid":8,"comm":"x","entry":"%s","event":"e:%s","nr":39,\
        "rip":"%s","rcx":"%s","r11":"%s","rflags":"%s","cs":"0x33","ss":"0x2b"}"""
        .formatted(entry, entry, rip, rcx, r11, rflags);
  }

  /** Writes a trace; its workload is the name without the extension. */
  static Path write(Path folder, String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }
}
