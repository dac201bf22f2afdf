package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** The options that say who does the work, where Spark is not on the class path. */
class EngineOptionsTest {

  @TempDir private Path folder;
  private Path trace;

  @BeforeEach
  void writeATrace() throws IOException {
    trace = JsonLines.write(Files.createDirectory(folder.resolve("in")), "a.jsonl", JsonLines.HIT);
  }

  /** All commands that work by an engine; what they write goes into the folder {@code OUT}. */
  static Stream<List<String>> commands() {
    return Stream.of(
        List.of("report", "IN", "--output", "OUT/report"),
        List.of("check", "IN", "--output", "OUT/report"),
        List.of("ingest", "IN", "--into", "OUT/store"),
        List.of("replay", "IN", "--output", "OUT/verdicts"),
        List.of("frames", "IN", "--output", "OUT/frames"),
        List.of("verify", "IN"),
        List.of("compare", "IN@seed", "@linux-4.1", "--output", "OUT/comparison"),
        List.of(
            "generate",
            "--learn",
            "IN",
            "--profile",
            "OUT/profile",
            "--frames",
            "9",
            "-o",
            "OUT/s"));
  }

  @Test
  void allCommandsWithAMasterAreAmongThem() {
    String named = CliRunner.run().errLines().get(0).replaceFirst(".*Name a command: ", "");
    List<String> withMaster =
        Stream.of(named.replaceFirst("\\. Try.*", "").split(", "))
            .filter(it -> CliRunner.run(it, "--help").out().contains("--master"))
            .toList();
    assertThat(commands().map(it -> it.get(0))).containsExactlyInAnyOrderElementsOf(withMaster);
  }

  private Result run(List<String> command, String... more) throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    List<Object> all = new ArrayList<>();
    command.forEach(
        it -> all.add(it.replace("IN", trace.toString()).replace("OUT", out.toString())));
    all.addAll(List.of(more));
    return CliRunner.run(all.toArray());
  }

  private void assertFails(Result result, String sentence) throws IOException {
    assertThat(result.errLines()).containsExactly("sysret-replay: " + sentence);
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aMasterNeedsSparkOnTheClassPath(List<String> command) throws IOException {
    assertFails(
        run(command, "--master", "local[2]", "--conf", "spark.x=1"),
        "--master local[2]: Spark is not on the class path; start with the launcher, or leave the"
            + " option out.");
    assertThat(Folders.content(folder.resolve("out"))).isSubsetOf("profile");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aSettingOfSparkNeedsAMaster(List<String> command) throws IOException {
    assertFails(
        run(command, "--conf", "spark.executor.memory=8g"),
        "--conf spark.executor.memory: this is a setting of Spark, which is not asked; give --master"
            + " too.");
    assertThat(Folders.content(folder.resolve("out"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void saysInItsHelpWhoDoesTheWork(List<String> command) {
    // Lines are broken where a word has a dot or a slash, too.
    String help = withoutBlanks(CliRunner.run(command.get(0), "--help").out());
    for (String option :
        List.of(
            "--master=URL Let Apache Spark do the work: local[*], spark://HOST:PORT, yarn or"
                + " k8s://URL (default: all processors of this machine, without Spark).",
            "--conf=K=V A setting of Spark, as --conf of spark-submit takes it; may be repeated.",
            "--progress Show progress on standard error also where it is no terminal.",
            "--quiet No notes and no progress on standard error.")) {
      assertThat(help).contains(withoutBlanks(option));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void linesOfItsHelpAreAsLongAsTheyCanBe(List<String> command) {
    List<String> lines = CliRunner.run(command.get(0), "--help").out().lines().toList();
    int first =
        IntStream.range(0, lines.size())
            .filter(it -> lines.get(it).strip().startsWith("--master=URL"))
            .findFirst()
            .orElseThrow();
    String next = lines.get(first + 1).strip().split(" ")[0];
    assertThat(lines.get(first) + " " + next).hasSizeGreaterThan(80);
  }

  private static String withoutBlanks(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void checkIsAnotherNameOfReportAndTakesFoldersAndStores() {
    Path store = folder.resolve("store");
    assertThat(CliRunner.run("ingest", trace, "--into", store).exit()).isEqualTo(ExitCode.OK);
    for (Path source : List.of(trace, trace.getParent(), store, folder)) {
      Result check = CliRunner.run("check", source, "--by", "entry", "--format", "json");
      assertThat(check)
          .isEqualTo(CliRunner.run("report", source, "--by", "entry", "--format", "json"));
      assertThat(check.exit()).isEqualTo(ExitCode.OK);
      assertThat(check.out()).contains("\"accepted\" : " + (source.equals(folder) ? 2 : 1));
    }
  }
}
