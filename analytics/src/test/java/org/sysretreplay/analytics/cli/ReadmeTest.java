package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.emulator.ExitModels;

/** The README's numbers are those of the code and of the samples. */
class ReadmeTest {

  private static final Path README = Path.of(System.getProperty("sample.traces"), "../README.md");

  private static String readme() throws IOException {
    return Files.readString(README).replaceAll("\\s+", " ");
  }

  /** Interrupts that pass, in all samples. */
  private static long passing(String... options) {
    Object[] line = new Object[6 + options.length];
    System.arraycopy(
        new Object[] {"report", README.resolveSibling("sample-traces"), "--by", "entry"},
        0,
        line,
        0,
        4);
    line[4] = "--format";
    line[5] = "csv";
    System.arraycopy(options, 0, line, 6, options.length);
    List<String> rows = CliRunner.run(line).out().lines().toList();
    List<String> header = List.of(rows.get(0).split(","));
    return rows.stream()
        .skip(1)
        .map(it -> it.split(",", -1))
        .filter(it -> it[header.indexOf("entry")].equals("interrupt"))
        .mapToLong(it -> Long.parseLong(it[header.indexOf("sysret")]))
        .sum();
  }

  @Test
  void interruptsThatHitTheKernelAreAsManyAsItSays() throws IOException {
    long asRecorded = passing("--as-recorded");
    assertThat(readme())
        .contains(
            "of the %d interrupt frames in the samples that pass then, %d are of this kind."
                .formatted(asRecorded, asRecorded - passing()));
  }

  @Test
  void reportsLookAsItShows() throws IOException {
    String text =
        CliRunner.run(new Terminal(true, false), "report", README.resolveSibling("sample-traces"))
            .out();
    String[] blocks = Files.readString(README).split("(?m)^```\n");
    assertThat(text).startsWith(blocks[1]).contains("\n\n" + blocks[3]);
    assertThat(blocks[3]).startsWith("compiler: ");
  }

  @Test
  void thereAreAsManyModelsAndSamplesAsItSays() throws IOException {
    assertThat(ExitModels.all()).hasSize(12);
    assertThat(readme()).contains("Twelve models are known");
    assertThat(SampleTraces.folders()).hasSize(17);
    assertThat(readme()).contains("seventeen workloads");
  }
}
