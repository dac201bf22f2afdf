package org.sysretreplay.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Fold;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.TransitionQuestion;
import org.sysretreplay.analytics.Transitions.Change;
import org.sysretreplay.analytics.report.ReportColumn;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.spark.SampleStore;

/** The views against the tallies, in both engines, over every sample and under every model. */
class SqlViewsTest {

  private static final Path SOURCES =
      Path.of(System.getProperty("sample.traces"))
          .resolveSibling("analytics/spark/src/main/resources/org/sysretreplay/spark/sql");

  private static final List<String> ALL_MODELS =
      ExitModels.all().stream().map(ExitModel::id).toList();

  private static final List<ReportColumn> COUNTS =
      List.of(
          ReportColumn.EXITS,
          ReportColumn.CHECKED,
          ReportColumn.SYSRET,
          ReportColumn.IRET_MISS,
          ReportColumn.IRET_ROUTE,
          ReportColumn.FAST_SYSRET,
          ReportColumn.ERETU,
          ReportColumn.DOUBTFUL);

  /** The index of the statement that makes the view of verdicts, which the others count. */
  private static final int VERDICTS = 2;

  @TempDir private static Path folder;

  private static Path store;

  @BeforeAll
  static void ingest() throws IOException {
    store = SampleStore.of(folder);
  }

  @ParameterizedTest
  @EnumSource
  void theFilesAreMadeFromTheModels(SqlDialect dialect) throws IOException {
    Path file = SOURCES.resolve(dialect.file());
    if (Boolean.getBoolean("sql.write")) {
      Files.createDirectories(SOURCES);
      Files.writeString(file, SqlViews.text(dialect));
    }
    assertThat(file)
        .as("run this test with -Dsql.write=true, and look at what that changes")
        .hasContent(SqlViews.text(dialect));
  }

  @ParameterizedTest
  @EnumSource
  void aFileIsItsStatementsWhereLinesEndWithSemicolons(SqlDialect dialect) {
    List<String> statements =
        Stream.of(SqlViews.text(dialect).split(";\n"))
            .map(it -> it.replaceAll("(?s)^(-- [^\n]*\n)*\n*", ""))
            .toList();
    assertThat(statements).isEqualTo(SqlViews.statements(dialect));
  }

  private static <T> T answer(Fold<T> question) {
    return answer(question, new Inputs(List.of(), List.of(store.toString())));
  }

  private static <T> T answer(Fold<T> question, Inputs inputs) {
    try (Engine engine = Engine.local(Progress.NONE)) {
      return engine.answer("test", question, inputs).table();
    }
  }

  /** The rows of a report that has any exits. */
  private static List<ReportColumn.Row> report(GroupColumn... by) {
    return report(new Inputs(List.of(), List.of(store.toString())), by);
  }

  private static List<ReportColumn.Row> report(Inputs inputs, GroupColumn... by) {
    Question question = new Question(ALL_MODELS, Machine.TRACED, Reading.ASSEMBLED, List.of(by));
    return answer(question, inputs).tallies().entrySet().stream()
        .filter(it -> it.getValue().exits() > 0)
        .map(it -> new ReportColumn.Row(question.by(), it.getKey(), it.getValue()))
        .toList();
  }

  /** Rows of a report: the columns before the counts, the counts, and those behind them. */
  private static List<Map<String, Object>> rows(
      List<ReportColumn.Row> report, List<ReportColumn> keys, List<ReportColumn> rates) {
    List<ReportColumn> columns =
        Stream.of(keys, COUNTS, rates).flatMap(Collection::stream).toList();
    return report.stream().map(it -> row(it, columns)).toList();
  }

  private static Map<String, Object> row(ReportColumn.Row row, List<ReportColumn> columns) {
    Map<String, Object> values = new HashMap<>();
    columns.forEach(it -> values.put(it.key(), it.cell(row)));
    return values;
  }

  /** A row for each name that a column of the report counts. */
  private static List<Map<String, Object>> counted(
      String name, String count, ReportColumn column, List<ReportColumn.Row> report) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ReportColumn.Row row : report) {
      ((Map<?, ?>) column.cell(row))
          .forEach(
              (key, exits) ->
                  rows.add(
                      Map.of(
                          "workload",
                          row.group().workload(),
                          "model",
                          row.group().modelId(),
                          name,
                          key,
                          count,
                          exits)));
    }
    return rows;
  }

  @TestInstance(Lifecycle.PER_CLASS)
  abstract static class In {

    private final SqlEngine engine;

    In(SqlEngine engine) {
      this.engine = engine;
    }

    @BeforeAll
    void makeViews() throws SQLException {
      engine.makeFrames("frames", store);
      for (String statement : SqlViews.statements(engine.dialect())) {
        engine.execute(statement);
      }
    }

    @AfterAll
    void close() {
      engine.close();
    }

    private static Set<Map<String, Object>> without(
        List<Map<String, Object>> rows, String... columns) {
      Set<Map<String, Object>> all = new HashSet<>();
      for (Map<String, Object> row : rows) {
        Map<String, Object> rest = new HashMap<>(row);
        rest.keySet().removeAll(List.of(columns));
        assertThat(all.add(rest)).as("twice: " + rest).isTrue();
      }
      return all;
    }

    private void assertSame(String view, List<Map<String, Object>> expected, String... notCompared)
        throws SQLException {
      assertThat(expected).isNotEmpty();
      assertThat(without(engine.query("select * from " + view), notCompared))
          .isEqualTo(without(expected));
    }

    @Test
    void workloadsThatLookLikeNumbersAreNames() throws IOException, SQLException {
      List<String> names = List.of("6.1", "6.10", "7", "007");
      engine.makeFrames("numbered", SampleStore.of(folder.resolve(engine.dialect().name()), names));
      List<Object> found =
          engine.query("select distinct workload from numbered").stream()
              .map(it -> it.get("workload"))
              .toList();
      assertThat(found).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void hitRatesAreThoseOfTheReport() throws SQLException {
      assertSame(
          "hit_rate_by_workload",
          rows(
              report(),
              List.of(ReportColumn.WORKLOAD, ReportColumn.MODEL),
              List.of(ReportColumn.HIT_RATE, ReportColumn.SYSRET_SHARE)));
    }

    @Test
    void hitRatesOverTimeAreThoseOfTheReportBySecond() throws SQLException {
      List<ReportColumn.Row> report =
          report(new Inputs(SampleStore.samples(), List.of()), GroupColumn.SECOND);
      assertSame(
          "(select * from hit_rate_over_time where workload <> '%s')".formatted(SampleStore.EDGES),
          rows(
              report,
              List.of(ReportColumn.WORKLOAD, ReportColumn.MODEL, ReportColumn.SECOND),
              List.of(ReportColumn.HIT_RATE, ReportColumn.SYSRET_SHARE)));
    }

    /** As far as times of 64 bits reach. */
    @Test
    void secondsAreRoundedDown() throws SQLException {
      String second =
          SqlViews.statements(engine.dialect()).stream()
              .filter(it -> it.contains("view hit_rate_over_time "))
              .map(it -> it.replaceFirst("(?s)^.*select \\*, (case .* end) as second .*$", "$1"))
              .collect(Collectors.joining());
      for (long time :
          List.of(
              Long.MIN_VALUE,
              -1_500_000_000L,
              -1_000_000_000L,
              -1L,
              0L,
              999_999_999L,
              1_000_000_000L,
              Long.MAX_VALUE)) {
        assertThat(
                engine.query(
                    "select %s as second from (select 1 as count, cast(%d as bigint) as ts_ns) as one"
                        .formatted(second, time)))
            .containsExactly(Map.of("second", Math.floorDiv(time, 1_000_000_000L)));
      }
    }

    @Test
    void reasonsAreThoseOfTheReport() throws SQLException {
      List<ReportColumn.Row> report = report();
      List<Map<String, Object>> reasons = engine.query("select * from miss_reasons");
      assertThat(without(reasons, "first_miss"))
          .isEqualTo(without(counted("reason", "any_miss", ReportColumn.ANY_MISS, report)));
      assertThat(
              without(
                  reasons.stream().filter(it -> (Long) it.get("first_miss") > 0).toList(),
                  "any_miss"))
          .isEqualTo(without(counted("reason", "first_miss", ReportColumn.FIRST_MISS, report)));
    }

    @Test
    void causesAreThoseOfTheReport() throws SQLException {
      assertSame("miss_causes", counted("cause", "iret_miss", ReportColumn.CAUSE, report()));
    }

    @Test
    void syscallsThatMissAreThoseOfTheReport() throws SQLException {
      List<ReportColumn.Row> report =
          report(GroupColumn.ENTRY, GroupColumn.SYSCALL).stream()
              .filter(it -> it.tally().count(Outcome.IRET_MISS) > 0)
              .filter(it -> ReportColumn.SYSCALL.cell(it) != null)
              .toList();
      assertSame(
          "top_miss_syscalls",
          rows(
              report,
              List.of(
                  ReportColumn.WORKLOAD,
                  ReportColumn.MODEL,
                  ReportColumn.ENTRY,
                  ReportColumn.SYSCALL,
                  ReportColumn.SYSCALL_NAME),
              List.of(ReportColumn.HIT_RATE)),
          "place");
    }

    @Test
    void theFirstPlaceIsTheSyscallThatMissesMost() throws SQLException {
      List<Map<String, Object>> seeds =
          engine.query("select * from top_miss_syscalls where model = 'seed'");
      Map<Object, Long> most =
          seeds.stream()
              .collect(
                  Collectors.toMap(
                      it -> it.get("workload"), it -> (Long) it.get("iret_miss"), Math::max));
      Map<Object, Long> first =
          seeds.stream()
              .filter(it -> ((Number) it.get("place")).longValue() == 1)
              .collect(
                  Collectors.toMap(it -> it.get("workload"), it -> (Long) it.get("iret_miss")));
      assertThat(first).isEqualTo(most);
    }

    @Test
    void transitionsAreThoseOfTheComparison() throws SQLException {
      List<Map<String, Object>> expected = new ArrayList<>();
      for (String base : List.of("linux-3.19", "seed", "linux-6.9")) {
        for (String other : ALL_MODELS) {
          TransitionQuestion question =
              new TransitionQuestion(
                  new Models(List.of(base), Map.of()),
                  new Models(List.of(other), Map.of()),
                  Machine.TRACED,
                  Reading.ASSEMBLED);
          answer(question)
              .byWorkload()
              .forEach(
                  (workload, transitions) ->
                      transitions
                          .all()
                          .forEach(it -> expected.add(row(workload, base, other, it))));
        }
      }
      assertSame(
          "(select * from model_against_model where base in ('linux-3.19', 'seed', 'linux-6.9'))",
          expected);
    }

    private static Map<String, Object> row(
        String workload, String base, String other, Change change) {
      Map<String, Object> row = new HashMap<>();
      row.put("workload", workload);
      row.put("base", base);
      row.put("other", other);
      row.put("base_outcome", change.base().name());
      row.put("other_outcome", change.other().name());
      row.put("cause", change.cause().map(Cause::name).orElse(null));
      row.put("exits", change.exits());
      return row;
    }

    /** Every way back with registers at the edges of every rule; most of these no trace shows. */
    @Test
    void everyRowHasTheVerdictOfItsModel() throws SQLException {
      List<Map<String, Object>> rows = engine.query(everyPath());
      assertThat(rows).hasSizeGreaterThan(10_000);
      for (Map<String, Object> row : rows) {
        Verdict verdict = verdict(row);
        assertThat(row)
            .containsEntry("outcome", verdict.outcome().name())
            .containsEntry("sysret", verdict.outcome().isBySysret())
            .containsEntry("first_miss", verdict.firstMiss().map(MissReason::name).orElse(null))
            .containsEntry(
                "all_miss", verdict.allMisses().stream().sorted().map(MissReason::name).toList())
            .containsEntry("doubtful", verdict.doubt().isPresent());
      }
    }

    private static Verdict verdict(Map<String, Object> row) {
      Function<String, Long> register = it -> (Long) row.get(it);
      return ExitModels.byId((String) row.get("model"))
          .orElseThrow()
          .judge(
              Exit.of(
                  EntryPath.ofKey((String) row.get("path")).orElseThrow(),
                  new Registers(
                      register.apply("rip"),
                      register.apply("rcx"),
                      register.apply("r11"),
                      register.apply("rflags"),
                      register.apply("cs"),
                      register.apply("ss"))),
              Machine.TRACED);
    }

    private String everyPath() throws SQLException {
      String paths =
          Stream.of(EntryPath.values())
              .map(it -> "('%s')".formatted(it.key()))
              .collect(Collectors.joining(", "));
      String columns =
          Stream.of(FrameColumn.values())
              .map(it -> (it == FrameColumn.PATH ? "p." : "d.") + it.key())
              .collect(Collectors.joining(", "));
      // The views' own text over other frames.
      return SqlViews.statements(engine.dialect())
          .get(VERDICTS)
          .replaceFirst("(?s)^.*? as\n", "")
          .replace(
              "from frame_details",
              """
              from (select 'w' as workload, 't' as trace, %s, d.is_exit
                from frame_details as d cross join (values %s) as p(path)
                where d.workload = 'edges' and d.seq %% 20 = 0) as edges
              """
                  .formatted(columns, paths));
    }

    @Test
    void aWayBackThatNobodyKnowsFailsTheQuery() {
      String unknown =
          SqlViews.statements(engine.dialect())
              .get(VERDICTS)
              .replaceFirst("(?s)^.*? as\n", "")
              .replace("path in ('interrupt'", "path in ('somewhere'")
              .replace(", 'interrupt'", "");
      assertThat(catchThrowable(() -> engine.query(unknown)))
          .hasMessageContaining("no model knows the path interrupt");
    }

    @Test
    void aFrameWithoutARegisterFailsTheQuery() {
      String lacking =
          SqlViews.statements(engine.dialect())
              .get(VERDICTS)
              .replaceFirst("(?s)^.*? as\n", "")
              .replace("from frame_details", "from lacking");
      assertThat(
              catchThrowable(
                  () -> {
                    engine.execute(
                        engine
                            .dialect()
                            .view(
                                "lacking",
                                "select workload, trace, %s, is_exit from frame_details"
                                    .formatted(withoutValue("rcx"))));
                    engine.query(lacking);
                  }))
          .hasMessageContaining("a frame lacks registers");
    }

    /** All columns of a store, one of them without any value. */
    private static String withoutValue(String column) {
      return Stream.of(FrameColumn.values())
          .map(FrameColumn::key)
          .map(it -> it.equals(column) ? "cast(null as bigint) as " + it : it)
          .collect(Collectors.joining(", "));
    }

    @Test
    void helperColumnsShowRegistersAsPeopleReadThem() throws SQLException {
      assertThat(
              engine.query(
                  "select distinct rip_hex from frame_details where rip = -10485760 and is_exit"))
          .containsExactly(Map.of("rip_hex", "0xffffffffff600000"));
      assertThat(engine.query("select stage from frame_details where not is_exit group by stage"))
          .containsExactly(Map.of("stage", "in_kernel"));
    }
  }

  @Nested
  class InSpark extends In {
    InSpark() {
      super(SqlEngine.spark());
    }
  }

  @Nested
  class InDuckDb extends In {
    InDuckDb() throws SQLException {
      super(SqlEngine.duckDb());
    }
  }
}
