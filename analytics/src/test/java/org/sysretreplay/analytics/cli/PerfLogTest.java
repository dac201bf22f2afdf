package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerfLogTest {

  @TempDir private Path folder;
  private Path file;
  private final StringWriter err = new StringWriter();
  private PerfLog log;

  @BeforeEach
  void log() throws IOException {
    file = Files.createFile(folder.resolve("perf.log"));
    log = new PerfLog(file, new Messages(new PrintWriter(err)));
  }

  private void write(byte[] bytes) throws IOException {
    Files.write(file, bytes, StandardOpenOption.APPEND);
    log.tell();
  }

  private void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tellsNamesAsTheyAre() throws IOException {
    write("failed to open /home/jürgen/日本: no space\n");
    write("[ perf record: Woken up 1 times to write data ]\n\nand /home/jürgen again\n");
    assertThat(err.toString().lines())
        .containsExactly(
            "sysret-replay: perf: failed to open /home/jürgen/日本: no space",
            "sysret-replay: perf: and /home/jürgen again");
  }

  @Test
  void waitsForTheEndOfALineThatIsCutWithinACharacter() throws IOException {
    byte[] line = "one\nzwölf\n".getBytes(StandardCharsets.UTF_8);
    write(Arrays.copyOf(line, 7));
    assertThat(err).hasToString("sysret-replay: perf: one" + System.lineSeparator());
    write(Arrays.copyOfRange(line, 7, line.length));
    assertThat(err.toString().lines())
        .containsExactly("sysret-replay: perf: one", "sysret-replay: perf: zwölf");
  }
}
