package org.sysretreplay.spark.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkIllegalArgumentException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Work;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.spark.SampleStore;
import org.sysretreplay.spark.cluster.CommandLine;

/** The functions of SQL against the tallies, and their errors for wrong calls. */
class FunctionsTest {

  private static final String STORED = "path, rip, rcx, r11, rflags, cs, ss";
  private static final String FRAME = "'syscall_traced', 100L, 100L, 582L, 582L, 51L, 43L";

  @TempDir private static Path folder;

  private static Path store;

  @BeforeAll
  static void ingest() throws IOException {
    store = SampleStore.of(folder);
  }

  private static SparkSession.Builder builder() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", false)
        .config("spark.sql.shuffle.partitions", 2)
        .config("spark.sql.adaptive.enabled", false)
        .config("spark.sql.files.openCostInBytes", 0)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1");
  }

  /** Questions for every kernel, some under policies, on machines of every kind. */
  private static Map<String, Question> questions() {
    Map<String, Question> questions = new HashMap<>();
    for (ExitModel model : ExitModels.all()) {
      add(questions, model.id(), "", Machine.TRACED);
      add(questions, model.id(), " --untraced", Machine.UNTRACED);
      add(questions, model.id(), " --xen-pv", Machine.TRACED.withXenPv(true));
      if (model.supports(Machine.TRACED.withLa57(true))) {
        add(questions, model.id(), " --untraced --la57", Machine.UNTRACED.withLa57(true));
      }
    }
    add(questions, "seed+signal-delivery-hits+exec-hits", "", Machine.TRACED);
    add(questions, "linux-4.1+irq-check", "", Machine.TRACED);
    for (Work work : EnumSet.complementOf(EnumSet.of(Work.TRACING))) {
      String word = " --" + work.name().toLowerCase(Locale.ROOT).replace('_', '-');
      for (String model : List.of("linux-3.19", "seed", "linux-4.2", "linux-4.6")) {
        add(questions, model, " --untraced" + word, Machine.UNTRACED.with(work, true));
      }
    }
    add(
        questions,
        "seed",
        " --untraced --patched-fork-children",
        Machine.UNTRACED.withPatchedForkChildren(true));
    return questions;
  }

  private static void add(
      Map<String, Question> questions, String id, String words, Machine machine) {
    questions.put(id + words, new Question(List.of(id), machine, Reading.ASSEMBLED, List.of()));
  }

  private static Map<String, Tally> tallies(Question question) {
    try (Engine engine = Engine.local(Progress.NONE)) {
      return engine
          .answer("test", question, new Inputs(List.of(), List.of(store.toString())))
          .table()
          .tallies()
          .entrySet()
          .stream()
          .collect(Collectors.toMap(it -> it.getKey().workload(), Map.Entry::getValue));
    }
  }

  /** The expected number of exits by workload, model and outcome. */
  private static Map<List<String>, Long> expected(Map<String, Question> questions) {
    Map<List<String>, Long> counts = new HashMap<>();
    questions.forEach(
        (model, question) ->
            tallies(question)
                .forEach(
                    (workload, tally) -> {
                      for (Outcome outcome : Outcome.values()) {
                        add(counts, model, workload, outcome.name(), tally.count(outcome));
                      }
                      tally
                          .firstMisses()
                          .forEach((it, n) -> add(counts, model, workload, "first " + it, n));
                      tally
                          .anyMisses()
                          .forEach((it, n) -> add(counts, model, workload, "any " + it, n));
                      tally
                          .causes()
                          .forEach((it, n) -> add(counts, model, workload, "cause " + it, n));
                      CostModel.DEFAULT
                          .missed(tally)
                          .ifPresent(it -> add(counts, model, workload, "cost", (long) it));
                    }));
    return counts;
  }

  private static void add(
      Map<List<String>, Long> counts, String model, String workload, String what, long exits) {
    if (exits > 0) {
      counts.merge(List.of(model, workload, what), exits, Long::sum);
    }
  }

  private static Map<List<String>, Long> actual(List<Row> rows) {
    Map<List<String>, Long> counts = new HashMap<>();
    for (Row row : rows) {
      String model = row.getAs("model");
      String workload = row.getAs("workload");
      long exits = row.getAs("exits");
      add(counts, model, workload, row.getAs("outcome"), exits);
      add(counts, model, workload, "first " + row.getAs("first"), row.isNullAt(3) ? 0 : exits);
      for (Object reason : row.getList(row.fieldIndex("every"))) {
        add(counts, model, workload, "any " + reason, exits);
      }
      add(counts, model, workload, "cause " + row.getAs("cause"), row.isNullAt(5) ? 0 : exits);
      if (row.getAs("outcome").equals("IRET_MISS")) {
        Double nanos = row.getAs("cost");
        add(counts, model, workload, "cost", (long) (nanos * exits));
      }
    }
    return counts;
  }

  @Test
  void machinesAreSaidInTheWordsOfTheCommandLine() {
    assertThat(CommandLine.local("report", "--help").out()).contains(MachineWord.words());
  }

  @TestInstance(Lifecycle.PER_CLASS)
  abstract static class With {

    final SparkSession session;

    With(SparkSession session) {
      this.session = session;
    }

    @BeforeAll
    void makeFrames() {
      session.read().parquet(store.resolve("frames").toString()).createOrReplaceTempView("frames");
    }

    @AfterAll
    void stop() {
      session.stop();
    }

    List<Row> rows(String sql) {
      return session.sql(sql).collectAsList();
    }

    Object value(String expression) {
      return rows("select " + expression).get(0).get(0);
    }

    @Test
    void aLiteralModelAnswersAsAColumnDoes() {
      List<Object> different =
          rows(
                  """
                  select count(*) from frames cross join (values ('linux-6.9 --la57')) as models(model)
                  where sysret.outcome('linux-6.9 --la57', %1$s) <> sysret.outcome(model, %1$s)
                  """
                      .formatted(STORED))
              .stream()
              .map(it -> it.get(0))
              .toList();
      assertThat(different).containsExactly(0L);
    }

    @Test
    void aReleaseMayHavePolicies() {
      String execve = "sysret.outcome('%s', 'execve', 4096, 0, 0, 514, 51, 43, 'execve')";
      assertThat(value(execve.formatted("6.12"))).isEqualTo("IRET_MISS");
      assertThat(value(execve.formatted("6.12+exec-hits"))).isEqualTo("SYSRET");
    }

    @Test
    void aFrameAtItsWordIsJudgedAsItsPathIs() {
      String differing =
          "sysret.%1$s('seed', entry, nr, ret, rip, rcx, r11, rflags, cs, ss) is distinct from sysret.%1$s('seed', %2$s, cause)";
      String any =
          Stream.of("outcome", "first_miss", "all_miss", "cause", "cost_ns")
              .map(it -> differing.formatted(it, STORED))
              .collect(Collectors.joining(" or "));
      assertThat(
              rows(
                  "select count(*), count(nr) from frames where workload = 'edges' and (%s)"
                      .formatted(any)))
          .extracting(it -> it.getLong(0))
          .containsExactly(0L);
    }

    @Test
    void registersWithoutAValueHaveNoOutcome() {
      assertThat(value("sysret.outcome('seed', 'nmi', cast(null as bigint), 1, 1, 1, 1, 1)"))
          .isNull();
    }

    @Test
    void explainTellsTheFrame() {
      assertThat(
              (String)
                  value("sysret.explain('seed', 'syscall', 39, 1, 100, 101, 582, 582, 51, 43)"))
          .contains("FAIL  rcx == rip")
          .contains("Outcome: IRET_MISS");
      assertThat((String) value("sysret.explain('seed', %s, 'signal_delivery')".formatted(FRAME)))
          .contains("Cause SIGNAL_DELIVERY");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "sysret.flags(582) | PF ZF IF",
          "sysret.hex(-1) | 0xffffffffffffffff",
          "sysret.hex(sysret.u64('0xffffffffff600000')) | 0xffffffffff600000",
          "sysret.hex(sysret.u64(18446744073709551615)) | 0xffffffffffffffff",
          "sysret.hex(sysret.u64('18446744073709551615')) | 0xffffffffffffffff",
          "sysret.syscall_name(39, 'syscall') | getpid",
          "sysret.syscall_name(-1, 'syscall') | rt_sigreturn",
          "SYSRET.Hex(16) | 0x10",
        })
    void smallFunctionsAnswer(String expression, String answer) {
      assertThat(value(expression)).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "sysret.syscall_name(39, 'compat')",
          "sysret.syscall_name(39000, 'syscall')",
          "sysret.u64(cast(null as string))",
          "sysret.hex(cast(null as bigint))",
          "sysret.cost_ns('fred', " + FRAME + ")",
          "sysret.first_miss('seed', " + FRAME + ")",
        })
    void whatIsNotThereIsNull(String expression) {
      assertThat(value(expression)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "sysret.outcome('sede', "
              + FRAME
              + ") | there is no model 'sede'; choose from linux-3.19, seed",
          "sysret.outcome('seed+x', " + FRAME + ") | there is no model 'seed+x'",
          "sysret.outcome('seed --la57', "
              + FRAME
              + ") | seed cannot run with 5-level paging; leave out --la57",
          "sysret.outcome('4.9 --la57', "
              + FRAME
              + ") | 4.9 cannot run with 5-level paging; leave out --la57",
          "sysret.outcome('seed --traced', "
              + FRAME
              + ") | --traced says nothing about a machine; choose from --untraced",
          "sysret.outcome('seed', 1) | it is called as sysret.outcome(model, path, rip, rcx, r11, rflags, cs, ss), or",
          "sysret.outcome('seed', 'nmi', '0x1', 1, 1, 1, 1, 1) | argument 3 (rip) is STRING; give BIGINT, the register's 64 bits; sysret.u64(rip) makes one",
          "sysret.outcome('seed', 'nmi', 1, cast(1 as decimal(20, 0)), 1, 1, 1, 1) | argument 4 (rcx) is DECIMAL(20,0); give BIGINT",
          "sysret.outcome('seed', 'nmi', 1, 1, 1, null, 1, 1) | argument 6 (rflags) is NULL; give BIGINT",
          "sysret.outcome(1, 'nmi', 1, 1, 1, 1, 1, 1) | argument 1 (model) is INT; give STRING, a model's id",
          "sysret.outcome('seed', 'nmi', 1, 1, 1, 1, 1, 1, 1) | argument 9 (cause) is INT; give STRING",
          "sysret.cause('seed', 'nmi', 1, 1, 1, 1, 1, 1) | it is called as sysret.cause(model, path, rip, rcx, r11, rflags, cs, ss, cause), or",
          "sysret.hex(1.5) | argument 1 (u64) is DECIMAL(2,1)",
          "sysret.hex(u64 => 255) | sysret.hex takes its arguments by place: sysret.hex(u64)",
          "sysret.syscall_name(39, abi => 'syscall') | sysret.syscall_name takes its arguments by place: sysret.syscall_name(number, abi)",
        })
    void aCallThatIsNoneFailsTheAnalysis(String expression, String complaint) {
      assertThatThrownBy(() -> session.sql("select " + expression))
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "sysret.outcome(text, 'nmi', id, id, id, id, id, id) | there is no model 'x1'; choose from",
          "sysret.outcome(if(id < 0, 'seed', null), 'nmi', id, id, id, id, id, id) | the model is null; choose from",
          "sysret.outcome('seed', text, id, id, id, id, id, id) | path 'x1' is unknown; give one of syscall_no_work,",
          "sysret.outcome('seed', if(id < 0, 'nmi', null), id, id, id, id, id, id) | path is null; give one of",
          "sysret.outcome('seed', text, null, null, id, id, id, id, id, id) | entry 'x1' is unknown; give one of syscall,",
          "sysret.outcome('seed', 'nmi', id, id, id, id, id, id, text) | cause 'x1' is unknown; give one of",
          "sysret.outcome('seed+exec-hits', 'nmi', id, id, id, id, id, id) | asks what made a frame so; give the column cause",
          "sysret.syscall_name(id, text) | entry 'x1' is unknown",
          "sysret.u64(text) | 'x1' is no 64-bit number; give 0x",
          "sysret.u64(cast(-id as decimal(20, 0))) | '-1' is no 64-bit number",
        })
    void aValueThatIsNoneFailsTheQuery(String expression, String complaint) {
      assertThatThrownBy(
              () ->
                  rows(
                      "select %s from (select id, 'x' || id as text from range(1, 2))"
                          .formatted(expression)))
          .isInstanceOf(SparkIllegalArgumentException.class)
          .hasMessageContaining(complaint);
    }

    @Test
    void generatedCodeCallsTheStaticMethodAndBoxesNothing() {
      String code =
          rows("explain codegen select sysret.outcome('seed', %s) from frames".formatted(STORED))
              .get(0)
              .getString(0);
      String calls =
          code.lines().filter(it -> it.contains(".invoke(")).collect(Collectors.joining());
      assertThat(calls).contains("org.sysretreplay.spark.functions.OutcomeFunction.invoke(");
      assertThat(code).doesNotContain("Long.valueOf", "boxedResult");
    }

    @Test
    void callsThatAreAlikeAreOneExpression() {
      String call = "sysret.outcome('seed', " + STORED + ")";
      assertThat(rows("select %1$s, sum(count) from frames group by %1$s".formatted(call)))
          .hasSizeGreaterThan(1);
    }
  }

  @Nested
  class WithTheCatalog extends With {
    WithTheCatalog() {
      super(builder().getOrCreate());
      session.sql("set " + SysretCatalog.SETTING);
    }

    @Test
    void everyAnswerIsThatOfTheReport() {
      Map<String, Question> questions = questions();
      String models =
          questions.keySet().stream().map("('%s')"::formatted).collect(Collectors.joining(", "));
      List<Row> rows =
          rows(
              """
              select workload, model, sysret.outcome(model, %1$s, cause) as outcome,
                sysret.first_miss(model, %1$s, cause) as first,
                sysret.all_miss(model, %1$s, cause) as every,
                sysret.cause(model, %1$s, cause) as cause,
                sysret.cost_ns(model, %1$s, cause) as cost,
                sum(count) as exits
              from frames cross join (values %2$s) as models(model)
              where stage <> 'in_kernel'
              group by all
              """
                  .formatted(STORED, models));
      assertThat(actual(rows)).isEqualTo(expected(questions));
    }

    @Test
    void theCatalogListsItsFunctions() {
      List<String> names = new ArrayList<>();
      rows("show user functions in sysret").forEach(it -> names.add(it.getString(0)));
      assertThat(names)
          .hasSize(SysretFunction.values().length)
          .anyMatch(it -> it.contains("outcome"));
    }
  }

  @Nested
  class WithTheExtension extends With {
    WithTheExtension() {
      super(
          builder()
              .config(SysretExtensions.SETTING.split("=")[0], SysretExtensions.class.getName())
              .getOrCreate());
    }

    @Test
    void everyOutcomeIsThatOfTheReport() {
      Map<Object, Long> expected = new HashMap<>();
      tallies(questions().get("seed"))
          .forEach((workload, it) -> expected.put(workload, it.count(Outcome.SYSRET)));
      Map<Object, Long> actual = new HashMap<>();
      rows("""
              select workload, sum(if(sysret.outcome('seed', %s) = 'SYSRET', count, 0)) from frames
              where stage <> 'in_kernel' group by workload
              """
              .formatted(STORED))
          .forEach(it -> actual.put(it.get(0), it.getLong(1)));
      assertThat(actual).isEqualTo(expected);
    }

    @Test
    void theCurrentCatalogMayBeAnother() {
      session.sql("set spark.sql.catalog.other = " + SysretCatalog.class.getName());
      session.sql("use other");
      try {
        assertThat(value("sysret.hex(16)")).isEqualTo("0x10");
      } finally {
        session.sql("use spark_catalog");
      }
    }
  }

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  class WithNeither {

    private final SparkSession session = builder().getOrCreate();

    @AfterAll
    void stop() {
      session.stop();
    }

    @Test
    void aCallNamesBothSettingsAndTheSessionStaysAsItIs() {
      Map<String, String> before = settings();
      assertThatThrownBy(() -> session.sql("select sysret.outcome('seed', " + FRAME + ")"))
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("There is no sysret.outcome in this session")
          .hasMessageContaining(
              "spark.sql.catalog.sysret=org.sysretreplay.spark.functions.SysretCatalog")
          .hasMessageContaining(
              "spark.sql.extensions=org.sysretreplay.spark.functions.SysretExtensions");
      assertThat(settings()).isEqualTo(before);
    }

    private Map<String, String> settings() {
      return scala.jdk.javaapi.CollectionConverters.asJava(session.conf().getAll());
    }

    @Test
    void whatIsNotOursIsLeftToSpark() {
      assertThatThrownBy(() -> session.sql("select sysret.nothing(1)"))
          .hasMessageContaining("Cannot resolve routine `sysret`.`nothing`");
      session.sql("create database sysret");
      session.sql("create function sysret.hex(x int) returns int return x + 1");
      assertThat(session.sql("select sysret.hex(1)").first().getInt(0)).isEqualTo(2);
      session.sql("drop database sysret cascade");
    }
  }
}
