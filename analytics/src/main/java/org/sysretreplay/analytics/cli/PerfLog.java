package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What perf says in a file, without what it says of each piece. A pipe in place of the file would
 * end perf, amid its last piece, where this process is killed.
 */
final class PerfLog {

  /** The files that it has written, of which its recorder tells. */
  private static final String CHATTER = "[ perf record: ";

  private final Path file;
  private final Messages messages;

  /** How many bytes of the file were passed on. */
  private long told;

  PerfLog(Path file, Messages messages) {
    this.file = file;
    this.messages = messages;
  }

  /** Passes on the lines that are new and whole. */
  void tell() {
    byte[] unread = unread();
    int end = endOfLastLine(unread);
    told += end;
    new String(unread, 0, end, StandardCharsets.UTF_8)
        .lines()
        .filter(it -> !it.isBlank() && !it.startsWith(CHATTER))
        .forEach(it -> messages.note("perf: " + it));
  }

  private static int endOfLastLine(byte[] text) {
    int end = text.length;
    while (end > 0 && text[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private byte[] unread() {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(told);
      return in.readAllBytes();
    } catch (IOException e) {
      // It is for the reader's eye, and the recording goes on.
      return new byte[0];
    }
  }
}
