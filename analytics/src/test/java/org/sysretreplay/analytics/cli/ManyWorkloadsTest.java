package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** Reports on so many workloads that they are summed up. */
class ManyWorkloadsTest {

  private static final int HOSTS = 25;

  @TempDir private static Path folder;

  /**
   * Every host has as many exits as there are hosts, and host n has n misses; the last host has one
   * exit.
   */
  @BeforeAll
  static void write() throws IOException {
    for (int host = 1; host <= HOSTS; host++) {
      List<String> lines = new ArrayList<>();
      for (int exit = 1; exit <= HOSTS; exit++) {
        lines.add(exit <= host ? JsonLines.FAULT : JsonLines.HIT);
      }
      JsonLines.write(
          folder,
          "host%02d.jsonl".formatted(host),
          (host == HOSTS ? lines.subList(0, 1) : lines).toArray(String[]::new));
    }
  }

  private static String report(Object... options) {
    Result result =
        CliRunner.run(Stream.concat(Stream.of("report", folder), Stream.of(options)).toArray());
    assertThat(result.exit()).as(result.err()).isZero();
    return result.out();
  }

  private static List<String> rows(String text) {
    return text.lines()
        .filter(it -> it.matches(" +(\\* )?host\\d\\d .*%.*"))
        .map(ManyWorkloadsTest::name)
        .toList();
  }

  private static List<String> details(String text) {
    return text.lines()
        .filter(it -> it.contains(" exits could return by SYSRET "))
        .map(it -> it.substring(0, it.indexOf(':')))
        .toList();
  }

  private static String name(String line) {
    return line.replaceFirst("^ +(\\* )?", "").split(" ")[0];
  }

  private static List<String> hosts(int from, int to) {
    List<String> hosts = new ArrayList<>();
    for (int host = from;
        host != to + Integer.signum(to - from);
        host += Integer.signum(to - from)) {
      hosts.add("host%02d".formatted(host));
    }
    return hosts;
  }

  @Test
  void allAreListedAndTheTenWithTheMostMissesStandByThemselves() {
    String text = report();
    assertThat(rows(text)).isEqualTo(hosts(1, HOSTS));
    assertThat(details(text)).isEqualTo(hosts(15, 24));
    assertThat(text.replace("\n", " "))
        .contains(
            "By themselves follow the 10 workloads with the most misses; --top 25 shows all 25 so,");
    assertThat(details(report("--top", "25"))).isEqualTo(hosts(1, HOSTS));
  }

  @Test
  void theAnswerStandsBeforeTheInputAndThatBeforeTheTable() {
    assertThat(report().lines().toList().subList(0, 3))
        .containsExactly(
            "Under seed, 49.9 % of 601 exits return by SYSRET; all 301 misses fail",
            "RCX_NOT_RIP first, and all are caused by FAULT.", "");
    assertThat(report()).containsSubsequence("\nInput: 601 records", "\n workload ", "\nhost15:");
  }

  @Test
  void whatIsNotShownIsSummedUpAndAllIsStillAll() {
    String text = report("--sort", "misses", "--top", "2");
    assertThat(rows(text)).containsExactly("host24", "host23");
    assertThat(details(text)).containsExactly("host24", "host23");
    assertThat(text)
        .containsPattern("(?m)^ [* ] host23 +25 +2 +23 +8\\.0 % ")
        .containsPattern("(?m)^ 23 not shown +551 +297 +254 +53\\.9 % ")
        .containsPattern("(?m)^ all +601 +300 +301 +49\\.9 % ");
    assertThat(report("--top", "99")).doesNotContain("not shown");
  }

  @ParameterizedTest
  @CsvSource({
    "name, host01 host02 host03",
    "misses, host24 host23 host22",
    "share, host25 host24 host23",
    "exits, host01 host02 host03"
  })
  void workloadsStandInTheOrderThatIsAskedFor(String sort, String first) {
    List<String> names = List.of(first.split(" "));
    assertThat(rows(report("--sort", sort, "--top", "3"))).isEqualTo(names);
    assertThat(report("--sort", sort, "--top", "3", "--format", "csv").lines().skip(1))
        .extracting(it -> it.split(",")[0])
        .isEqualTo(names);
    assertThat(report("--sort", sort, "--format", "csv", "--by", "entry").lines().skip(1))
        .extracting(it -> it.split(",")[0])
        .startsWith(names.get(0))
        .containsAll(hosts(1, HOSTS));
  }

  /** The last host has one exit, a hit, and the one before it 24 misses of 25. */
  @Test
  void whatIsOddInAFleetIsMarked() {
    String text = report();
    assertThat(text).containsPattern("(?m)^ \\* host24 ").containsPattern("(?m)^   host13 ");
    assertThat(text.replace("\n", " ")).contains("* Odd: the interval of the SYSRET share");
    assertThat(text.lines().filter(it -> it.startsWith(" * host")).count()).isBetween(2L, 12L);
  }

  @Test
  void severalModelsCountTogetherAndStandBelowTheirWorkload() {
    String text = report("--model", "seed,fred", "--sort", "misses", "--top", "1");
    assertThat(text)
        .containsSubsequence(
            "\n host24\n *   seed ",
            "\n     fred ",
            "\n 24 not shown\n   seed ",
            "\n   fred ",
            "\n all\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sort size                  | --sort size: there is no such sort; choose from name, misses, share, exits.",
        "--top 0                      | --top 0: give a number from 1 on.",
        "--top many                   | --top many: give a number from 1 on.",
        "--top 3 --format json        | --top: this format always has all workloads; leave it out.",
        "--top 3 --format html        | --top: this format always has all workloads; leave it out.",
        "--sort exits --format html   | --sort: this format always has all workloads by name; leave it out.",
        "--sort exits --format json   | --sort: this format always has all workloads by name; leave it out.",
        "--explain-terms --format csv | --explain-terms: this format has no explanations; take them from text.",
      })
  void whatMeansNothingIsRefused(String options, String complaint) {
    Result result =
        CliRunner.run(
            Stream.concat(Stream.of("report", folder), Stream.of(options.split(" "))).toArray());
    assertThat(result)
        .isEqualTo(new Result(ExitCode.USAGE, "", "sysret-replay: " + complaint + "\n"));
  }

  @Test
  void theHelpSaysWhichFormatsHaveNoOrder() {
    String help = CliRunner.run("report", "--help").out().replaceAll("\\s+", " ");
    assertThat(help)
        .contains("(default: name). Not of JSON, HTML and Parquet.")
        .contains("sum up the others. Not of JSON, HTML and Parquet.");
  }
}
