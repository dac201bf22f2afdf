package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.ingest.DuckDb;

/** Lines that stand for many exits, and the same exits one by one. */
class CountedExitsTest {

  private static final String HIT =
      "\"tid\":3,\"comm\":\"x\",\"entry\":\"syscall\",\"nr\":39,\"ret\":1,\"rip\":\"0x10\","
          + "\"rcx\":\"0x10\",\"r11\":\"0x246\",\"rflags\":\"0x246\",\"cs\":51,\"ss\":43}";
  private static final String FAULT =
      "\"comm\":\"y\",\"entry\":\"exception\",\"rip\":1,\"rcx\":2,\"r11\":2,\"rflags\":65538,"
          + "\"cs\":51,\"ss\":43}";

  @TempDir private Path folder;
  private Path counted;
  private Path single;

  @BeforeEach
  void writeBoth() throws IOException {
    counted = folder.resolve("counted.jsonl");
    single = folder.resolve("single.jsonl");
    Files.write(
        counted,
        List.of(
            "{\"count\":400," + HIT, "{\"count\":30," + FAULT, "{" + HIT, "{\"count\":2," + HIT));
    List<String> lines = new ArrayList<>(Collections.nCopies(403, "{" + HIT));
    lines.addAll(Collections.nCopies(30, "{" + FAULT));
    Files.write(single, lines);
  }

  private static String rows(Object source, String by) {
    Result result =
        CliRunner.run(
            "report", source, "--workload", "w", "--model", "all", "--format", "csv", "--by", by);
    assertThat(result.exit()).as(result.err()).isZero();
    return result.out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"entry", "comm,syscall", "cause,stage,tid"})
  void countAsTheExitsThatTheyStandFor(String by) throws IOException, SQLException {
    String expected = rows(single, by);
    assertThat(rows(counted, by)).isEqualTo(expected);
    Path store = folder.resolve("store");
    assertThat(CliRunner.run("ingest", counted, "--into", store, "--workload", "w").exit())
        .isZero();
    assertThat(rows(store, by)).isEqualTo(expected);
    assertThat(rows(parquet(), by)).isEqualTo(expected);
  }

  /** The lines as another program's table. */
  private Path parquet() throws SQLException {
    Path file = folder.resolve("counted.parquet");
    try (Connection connection = DuckDb.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          copy (select count, tid, comm, entry, nr, ret,
              case when entry = 'syscall' then 16 else 1 end as rip,
              case when entry = 'syscall' then 16 else 2 end as rcx,
              case when entry = 'syscall' then 582 else 2 end as r11,
              case when entry = 'syscall' then 582 else 65538 end as rflags, cs, ss
            from read_json('%s', format = 'newline_delimited',
              columns = {count: 'BIGINT', tid: 'BIGINT', comm: 'VARCHAR', entry: 'VARCHAR',
                nr: 'BIGINT', ret: 'BIGINT', cs: 'BIGINT', ss: 'BIGINT'}))
          to '%s' (format parquet)
          """
              .formatted(counted, file));
    }
    return file;
  }

  @Test
  void theReportSaysThatTheyWereCounted() {
    assertThat(CliRunner.run("report", counted).out())
        .contains("Input: 4 records seen = 4 accepted + 0 rejected + 0 ignored")
        .contains("Counted where they were recorded: 4 records stand for 433 exits; nothing");
    assertThat(CliRunner.run("report", single).out())
        .contains("Input: 433 records seen = 433 exits + 0 rejected")
        .doesNotContain("Counted where");
  }

  @Test
  void twoKernelsAreComparedOverTheExits() {
    assertThat(CliRunner.run("compare", counted, "@linux-4.1").out())
        .contains("IRET_MISS  IRET_ROUTE  FAULT     30");
  }

  @Test
  void whatNeedsTheStoryOfEachIsRefused() {
    Path store = folder.resolve("store");
    assertThat(CliRunner.run("ingest", counted, "--into", store).exit()).isZero();
    for (Path source : List.of(counted, store)) {
      Result bySecond = CliRunner.run("report", source, "--by", "comm,second");
      assertThat(bySecond.exit()).isEqualTo(3);
      assertThat(bySecond.err())
          .endsWith(
              ": exits were counted together where they were recorded, so that none has a time of"
                  + " its own; do not group by second.\n");
      assertThat(CliRunner.run("report", source, "--by", "window=1ms").err())
          .endsWith("; do not group by window=1ms.\n");
      Result replayed = CliRunner.run("replay", source, "--output", folder.resolve("verdicts"));
      assertThat(replayed.exit()).isEqualTo(3);
      assertThat(replayed.err())
          .endsWith(
              ": its exits were counted where they were recorded, so that none has a verdict of its own; ask for"
                  + " their sums with report.\n");
      assertThat(folder.resolve("verdicts")).doesNotExist();
      Result explained = CliRunner.run("explain", source, "0");
      assertThat(explained.exit()).isEqualTo(2);
      assertThat(explained.err())
          .contains(
              "stands for 400 exits that were counted together and have no story of their own");
    }
    Result learnt =
        CliRunner.run("generate", "--learn", counted, "--profile", folder.resolve("p.json"));
    assertThat(learnt.exit()).isEqualTo(3);
    assertThat(learnt.err()).contains("do not show what follows what");
  }

  @Test
  void aStoredTraceThatHasNoTimesIsLeftOutByItsName() {
    Path store = folder.resolve("store");
    for (Path trace : List.of(counted, single)) {
      assertThat(CliRunner.run("ingest", trace, "--into", store).exit()).isZero();
    }

    Result bySecond = CliRunner.run("report", store, "--by", "second", "--format", "csv");

    assertThat(bySecond.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(bySecond.errLines()).hasSize(1);
    assertThat(bySecond.err())
        .startsWith("sysret-replay: %s: workload counted, trace counted.jsonl-".formatted(store))
        .endsWith("; do not group by second.\n");
    assertThat(bySecond.out())
        .contains("single")
        .isEqualTo(CliRunner.run("report", single, "--by", "second", "--format", "csv").out());
  }

  @Test
  void aStoreThatHasNoTimesLeavesTheOtherInputs() {
    Path store = folder.resolve("store");
    assertThat(CliRunner.run("ingest", counted, "--into", store).exit()).isZero();

    Result both = CliRunner.run("report", single, store, "--by", "second", "--format", "csv");

    assertThat(both.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(both.errLines()).hasSize(1);
    assertThat(both.out())
        .contains("single")
        .isEqualTo(CliRunner.run("report", single, "--by", "second", "--format", "csv").out());
  }

  @Test
  void sitesDoNotTakeAnAddressThatStandsForManyForAPlace() throws IOException {
    Path counts = folder.resolve("stand-in.jsonl");
    Files.writeString(
        counts,
        """
        {"schema":"sysret-replay/counts/1","kernel_release":"6.1","recorder":"b","lost":0}
        {"rip":"0x1000","rcx":"0x2000","r11":"0x202","rflags":"0x202","cs":51,"ss":43,"count":9}
        """);
    assertThat(CliRunner.run("report", counts, "--sites", "1").out())
        .contains("no address is known, since exits were")
        .doesNotContain("0x1000");
  }

  /** However far behind the first header the second is. */
  @ParameterizedTest
  @ValueSource(ints = {1, 12_000})
  void countsOfSeveralKernelsNameNone(int lines) throws IOException {
    List<String> text = new ArrayList<>();
    for (String release : List.of("4.0.1", "6.12.1")) {
      text.add(
          "{\"schema\":\"sysret-replay/counts/1\",\"kernel_release\":\"%s\",\"lost\":0}"
              .formatted(release));
      text.addAll(Collections.nCopies(lines, "{\"count\":9," + FAULT));
    }
    Path counts = folder.resolve("both.counts.jsonl");
    Files.write(counts, text);
    CliRunner.Result result = CliRunner.run("report", counts, "--model", "auto");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("does not name its kernel");
  }

  @Test
  void aTextOfCountsNamesItsKernelItself() throws IOException {
    Path counts = folder.resolve("alone.counts.jsonl");
    Files.writeString(
        counts,
        """
        {"schema":"sysret-replay/counts/1","kernel_release":"4.4.1","recorder":"b","lost":0}
        {"rip":"0x1000","rcx":"0x1000","r11":"0x202","rflags":"0x202","cs":51,"ss":43,"count":9}
        """);
    CliRunner.Result result = CliRunner.run("report", counts, "--model", "auto");
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("alone: 9 of 9 exits");
  }

  /** Whole rows are missing, so that no share is left to rely on. */
  @Test
  void whereTheMapWasFullSharesAreWrongAsWell() throws IOException {
    Path counts = folder.resolve("full.counts.jsonl");
    Files.writeString(
        counts,
        """
        {"schema":"sysret-replay/counts/1","kernel_release":"6.1","recorder":"b","lost":7}
        {"rip":"0x1000","rcx":"0x1000","r11":"0x202","rflags":"0x202","cs":51,"ss":43,"count":9}
        """);
    CliRunner.Result result = CliRunner.run("report", counts);
    assertThat(result.err())
        .isEqualTo(
            "sysret-replay: the recorder lost 7 exits, so counts and shares are both wrong; count with"
                + " more room (record --counts --keys), or where perf recorded with larger buffers"
                + " (perf record -m 4096).\n");
    assertThat(result.out().replace('\n', ' '))
        .contains("Lost: counts and shares are both wrong; count with more room");
  }
}
