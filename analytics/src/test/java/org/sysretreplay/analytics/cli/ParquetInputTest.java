package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.ForeignParquet;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** Every command answers alike for a Parquet file and for JSON lines of the same frames. */
class ParquetInputTest {

  @TempDir private Path folder;
  private Path lines;
  private Path rows;

  @BeforeEach
  void write() throws IOException {
    lines =
        ForeignParquet.jsonLines(
            SampleTraces.input(SampleTraces.ROOT.resolve("fork32/perf.data")),
            folder.resolve("w.jsonl"));
    rows =
        ForeignParquet.copy(
            lines, ForeignParquet.COLUMNS, "codec 'snappy'", folder.resolve("w.parquet"));
  }

  static Stream<List<String>> commands() {
    return Stream.of(
        List.of("check", "FILE", "--model", "all", "--by", "entry,syscall"),
        List.of("check", "FILE", "--format", "json", "--as-recorded"),
        List.of("report", "FILE", "--model", "all", "--by", "comm,second", "--format", "csv"),
        List.of("report", "FILE", "--format", "json", "--by", "stage", "--as-recorded"),
        List.of("compare", "FILE@linux-4.1", "@seed", "--format", "json"),
        List.of("explain", "FILE", "7"),
        List.of("explain", "FILE", "99999999"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void saysTheSame(List<String> command) {
    Result ofRows = run(command, rows);
    Result ofLines = run(command, lines);
    assertThat(ofRows.exit()).isEqualTo(ofLines.exit());
    assertThat(anonymous(ofRows.out())).isEqualTo(anonymous(ofLines.out()));
    assertThat(anonymous(ofRows.err())).isEqualTo(anonymous(ofLines.err()));
    assertThat(ofRows.out() + ofRows.err()).isNotBlank();
  }

  private static Result run(List<String> command, Path file) {
    return CliRunner.run(command.stream().map(it -> it.replace("FILE", file.toString())).toArray());
  }

  /** The text without the file's name and without the digest of its place. */
  private static String anonymous(String text) {
    return text.replaceAll("w\\.(jsonl|parquet)(-[0-9a-f]{8})?", "w");
  }

  @Test
  void theVerdictsAreTheSame() throws IOException {
    List<String> verdicts = new ArrayList<>();
    for (Path file : List.of(rows, lines)) {
      Path output = folder.resolve("verdicts.json");
      Result result = CliRunner.run("replay", file, "--format", "jsonl", "--output", output);
      assertThat(result.exit()).isEqualTo(ExitCode.OK);
      verdicts.add(anonymous(Files.readString(output)));
    }
    assertThat(verdicts.get(0)).isEqualTo(verdicts.get(1)).isNotBlank();
  }

  @Test
  void aStoreMadeOfItReportsTheSame() {
    Path store = folder.resolve("store");
    assertThat(CliRunner.run("ingest", rows, "--into", store).exit()).isEqualTo(ExitCode.OK);
    List<String> report = List.of("report", "FILE", "--model", "all", "--format", "csv");
    assertThat(run(report, store).out()).isEqualTo(run(report, lines).out()).isNotBlank();
  }

  @Test
  void aFolderStandsForItsParquetFilesAndNotForThePartsOfStores() throws IOException {
    Files.delete(lines);
    CliRunner.run("ingest", rows, "--into", folder.resolve("store"));
    CliRunner.run("replay", rows, "--output", folder.resolve("verdicts"));
    Result result = CliRunner.run("report", folder, "--format", "json");
    assertThat(result.exit()).isEqualTo(ExitCode.OK);
    Result once = CliRunner.run("report", rows, "--format", "json");
    assertThat(exits(result)).isEqualTo(2 * exits(once)).isPositive();
    assertThat(result.err()).contains("a Parquet file without registers");
  }

  private static long exits(Result result) {
    return result
        .out()
        .lines()
        .filter(it -> it.contains("\"accepted\""))
        .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")))
        .sum();
  }
}
