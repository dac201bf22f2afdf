package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.ingest.trace.Printable;

/** Reports on terminals of several widths, with colours and without. */
class ScreenTest {

  private static final String COLOUR = "\u001b\\[\\d{1,2}m";

  @TempDir private Path folder;

  private static Terminal terminal(int columns, boolean colour) {
    return new Terminal(true, false, true, OptionalInt.of(columns), colour);
  }

  private static int widest(String text) {
    return text.lines().mapToInt(String::length).max().orElse(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 72, 80, 100, 132, 250})
  void noLineIsWiderThanTheTerminal(int columns) {
    String all = CliRunner.run(terminal(columns, false), "report", SampleTraces.ROOT).out();
    // The numbers of the estimate need 69 columns, and numbers are never cut.
    String text = columns < 69 ? all.substring(0, all.indexOf("\nTime, estimated")) : all;
    assertThat(widest(text)).isBetween(columns * 9 / 10 > 100 ? 100 : columns * 9 / 10, columns);
  }

  @Test
  void widerTerminalsShowMore() {
    assertThat(CliRunner.run(terminal(80, false), "report", SampleTraces.ROOT).out())
        .containsPattern("(?m)^ shell +2,489 +894 +1,595 +35\\.9 % +35\\.9 % +34\\.2 % +FAULT$");
    assertThat(CliRunner.run(terminal(120, false), "report", SampleTraces.ROOT).out())
        .containsPattern(
            "(?m)^ shell +2,489 +894 +1,595 +35\\.9 % +35\\.9 % +93\\.2 % +34\\.2 % +FAULT +█");
  }

  @Test
  void narrowerOnesThanSixtyColumnsAreTakenForSixty() {
    assertThat(CliRunner.run(terminal(20, false), "report", SampleTraces.ROOT).out())
        .isEqualTo(CliRunner.run(terminal(60, false), "report", SampleTraces.ROOT).out());
  }

  @Test
  void coloursChangeNoLetter() {
    for (String by : new String[] {"entry", "cpu", "window=10ms"}) {
      String plain =
          CliRunner.run(terminal(90, false), "report", SampleTraces.ROOT, "--by", by).out();
      String coloured =
          CliRunner.run(terminal(90, true), "report", SampleTraces.ROOT, "--by", by).out();
      assertThat(plain).doesNotContain("\u001b");
      assertThat(coloured)
          .startsWith("\u001b[1mUnder seed, ")
          .containsPattern("\u001b\\[32m[█-▏]+\u001b\\[0m\n")
          .containsPattern("\u001b\\[31m[█-▏]+\u001b\\[0m\n");
      assertThat(coloured.replaceAll(COLOUR, "")).isEqualTo(plain);
    }
  }

  @Test
  void filesAndOtherFormatsHaveNoColours() throws IOException {
    Path file = folder.resolve("report.txt");
    CliRunner.run(terminal(200, true), "report", SampleTraces.ROOT, "-o", file);
    assertThat(Files.readString(file))
        .isEqualTo(CliRunner.run(new Terminal(true, false), "report", SampleTraces.ROOT).out());
    for (String format : new String[] {"json", "csv"}) {
      assertThat(
              CliRunner.run(terminal(200, true), "report", SampleTraces.ROOT, "--format", format)
                  .out())
          .doesNotContain("\u001b");
    }
  }

  @Test
  void namesBringNoneOfTheirOwn() throws IOException {
    Path trace =
        JsonLines.write(
            folder,
            "a\u001b[31mb.jsonl",
            JsonLines.FAULT.replace("\"comm\":\"x\"", "\"comm\":\"\\u001b[31mx\\u001b[2J\""));
    String text = CliRunner.run(terminal(80, true), "report", trace, "--by", "comm").out();
    assertThat(text).contains("\ufffd[31mx\ufffd[2J", "a\ufffd[31mb: ");
    assertThat(
            text.replaceAll(COLOUR, "")
                .codePoints()
                .filter(it -> it != '\n' && !Printable.isHarmless(it)))
        .isEmpty();
  }
}
