package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** Every command that reads traces takes --input-format, and - is standard output. */
class InputFormatTest {

  private static final String NOISE = "another program talks and talks\n".repeat(2_000);

  @TempDir private Path folder;

  /**
   * A text of perf script in a file named .jsonl, behind so many other lines that it is not
   * recognised.
   */
  private Path file;

  private enum Reader {
    REPORT,
    CHECK,
    COMPARE,
    REPLAY,
    FRAMES,
    EXPLAIN,
    INGEST,
    INGEST_FORMAT,
    GENERATE;

    List<Object> arguments(Path file, Path folder, String format) {
      Path out = folder.resolve("out-" + format);
      List<Object> arguments =
          switch (this) {
            case REPORT -> List.of("report", file);
            case CHECK -> List.of("check", file);
            case COMPARE -> List.of("compare", file, "@linux-6.9");
            case REPLAY -> List.of("replay", file, "--format", "jsonl", "-o", out);
            case FRAMES -> List.of("frames", file, "--format", "csv", "-o", out);
            case EXPLAIN -> List.of("explain", file, "0");
            case INGEST, INGEST_FORMAT -> List.of("ingest", file, "--into", out);
            case GENERATE -> List.of("generate", "--profile", out, "--learn", file);
          };
      List<Object> all = new ArrayList<>(arguments);
      all.add(this == INGEST_FORMAT ? "--format" : "--input-format");
      all.add(format);
      return all;
    }
  }

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("noisy.jsonl");
    Files.writeString(file, NOISE + text());
  }

  private static String text() throws IOException {
    Path packed = SampleTraces.ROOT.resolve("trap-flag/perf.script.gz");
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Result run(Reader reader, String format) {
    return CliRunner.run(reader.arguments(file, folder, format).toArray());
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void aFileIsReadAsWhatItIsSaidToBe(Reader reader) {
    assertThat(run(reader, "perf-script").exit()).isZero();
    Result auto = run(reader, "auto");
    assertThat(auto.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(auto.err()).contains(file + ": it is in no trace format that is known here; give ");
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void aFormatThatThereIsNotIsNamed(Reader reader) {
    Result result = run(reader, "elf");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .contains(
            (reader == Reader.INGEST_FORMAT ? "--format" : "--input-format")
                + " elf: there is no such format; choose from auto, perf-data, perf-script, ftrace,"
                + " jsonl, parquet.");
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void aWrongFormatIsToldWithThePlaceAndARemedy(Reader reader) throws IOException {
    for (String format : List.of("perf-data", "parquet")) {
      Result result = run(reader, format);
      assertThat(result.exit()).as(format).isEqualTo(ExitCode.INPUT);
      assertThat(result.err()).startsWith("sysret-replay: " + file).contains("; ");
    }
    Files.copy(SampleTraces.ROOT.resolve("trap-flag/perf.data"), folder.resolve("x"));
    file = folder.resolve("x");
    Result result = run(reader, "jsonl");
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.err())
        .startsWith(
            "sysret-replay: "
                + file
                + ": it begins as perf-data does, and cannot be read as jsonl; ask for no format, or"
                + " for perf-data.");
  }

  @Test
  void textOfAnotherFormatIsRejectedLineByLine() {
    Result result = CliRunner.run("check", file, "--input-format", "jsonl");
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.err())
        .contains(file + ":1: the line is not a JSON object (")
        .contains("; write one JSON object on each line.");
  }

  @Test
  void aMinusIsStandardOutput() throws IOException {
    Path sample = SampleTraces.ROOT.resolve("trap-flag/perf.data");
    for (String format : List.of("text", "json", "csv")) {
      assertThat(CliRunner.run("report", sample, "--format", format, "-o", "-"))
          .isEqualTo(CliRunner.run("report", sample, "--format", format));
      assertThat(
              CliRunner.run("compare", sample, "@linux-6.9", "--format", format, "--output", "-"))
          .isEqualTo(CliRunner.run("compare", sample, "@linux-6.9", "--format", format));
    }
    Path written = folder.resolve("verdicts.jsonl");
    CliRunner.run("replay", sample, "--format", "jsonl", "-o", written);
    Result printed = CliRunner.run("replay", sample, "--format", "jsonl", "-o", "-");
    assertThat(printed.exit()).isZero();
    assertThat(printed.out()).isEqualTo(Files.readString(written)).contains("\"outcome\"");
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void whatIsAFolderIsNoStandardOutput() {
    Path sample = SampleTraces.ROOT.resolve("trap-flag/perf.data");
    Result replay = CliRunner.run("replay", sample, "-o", "-");
    assertThat(replay.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(replay.err())
        .isEqualTo(
            "sysret-replay: -o -: Parquet files lie in a folder; name one, or give --format jsonl.\n");
    Result generate =
        CliRunner.run("generate", "--profile", folder.resolve("p"), "--frames", "1", "-o", "-");
    assertThat(generate.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(generate.err()).isEqualTo("sysret-replay: -o -: a store is a folder; name one.\n");
  }
}
