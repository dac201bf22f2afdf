package org.sysretreplay.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Questions;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.analytics.cli.Terminal;
import org.sysretreplay.analytics.report.ReportColumn;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.ingest.store.PartFile;
import org.sysretreplay.ingest.store.StoreTable;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;

/** The public face against the command line, which uses the local engine. */
class FaceTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Path ROOT = SampleTraces.ROOT;
  private static final String ALL = ROOT.toString();
  private static final String SHELL = ROOT.resolve("shell/perf.data").toString();
  private static final String BAD = ROOT.resolve("bad").toString();

  /** A recording in which some records are rejected. */
  private static final String DAMAGED = ROOT.resolve("bad/sample-truncated.perf.data").toString();

  private static SparkSession spark;
  private static SysretReplay replay;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    spark = Sessions.local();
    replay = SysretReplay.on(spark);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static String printed(Object... commandLine) {
    Result result = CliRunner.run(new Terminal(true, false), commandLine);
    assertThat(result.exit()).as(result.err()).isZero();
    return result.out();
  }

  private static Object[] and(Object[] some, Object... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray();
  }

  @Test
  void thePageIsThatOfTheCommand() throws IOException {
    Path page = folder.resolve("page.html");
    printed("report", SHELL, "--format", "html", "-o", page.toString());
    ObjectNode ofCommand = (ObjectNode) dataOf(Files.readString(page));
    // Only the command's page offers commands.
    assertThat(ofCommand.remove("frames")).hasSize(1);
    assertThat(ofCommand.remove("causeOptions")).hasSize(Cause.values().length);
    assertThat(dataOf(replay.read(SHELL).report().html())).isEqualTo(ofCommand);
  }

  private static JsonNode dataOf(String page) throws IOException {
    return JSON.readTree(
        page.replaceFirst("(?s).*<script type=\"application/json\" id=\"data\">", "")
            .replaceFirst("(?s)</script>.*", ""));
  }

  @Test
  void aPageShowsWhatTheReportCounted() throws IOException {
    Path trace = Files.copy(Path.of(SHELL), folder.resolve("changing.perf.data"));
    Report report = replay.read(trace.toString()).report();
    Files.copy(ROOT.resolve("http/perf.data"), trace, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(report::html).isInstanceOf(SysretReplayException.class);
  }

  /**
   * Compares rows, in the JSON that Spark makes of them, with expected objects; null is left out.
   */
  private static void assertRowsAre(Dataset<Row> rows, JsonNode expected) throws IOException {
    List<JsonNode> actual = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      actual.add(JSON.readTree(row.json()));
    }
    assertThat(actual).containsExactlyElementsOf(expected);
    expected.forEach(
        it -> assertThat(rows.columns()).containsExactlyElementsOf(List.copyOf(names(it))));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode tree(InputCounts input) throws IOException {
    return JSON.readTree(JSON.writeValueAsString(input));
  }

  private static void assertSameReport(Selection asked, Object... commandLine) throws IOException {
    Report report = asked.report();

    String json = printed(and(commandLine, "--format", "json"));
    assertThat(report.json()).isEqualTo(json);
    assertThat(report.csv()).isEqualTo(printed(and(commandLine, "--format", "csv")));
    JsonNode contract = JSON.readTree(json);
    assertRowsAre(report.rows(), contract.path("rows"));
    assertThat(tree(report.input())).isEqualTo(contract.path("input"));
  }

  static Stream<Path> samples() throws IOException {
    Stream<Path> synthetic = Files.list(ROOT.resolve("synthetic"));
    return Stream.concat(
        SampleTraces.folders().stream(),
        synthetic.filter(it -> it.toString().endsWith(".perf.script")).sorted());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleUnderEveryModelIsReportedAsByTheCommandLine(Path sample) throws IOException {
    assertSameReport(
        replay.read(sample.toString()).models("all"), "report", sample, "--model", "all");
  }

  @Test
  void everyColumnGroupsAsOnTheCommandLine() throws IOException {
    String[] keys = Questions.COLUMNS.stream().map(GroupColumn::text).toArray(String[]::new);

    assertSameReport(replay.read(ALL).by(keys), "report", ALL, "--by", String.join(",", keys));
  }

  @Test
  void machinesAndReadingsAreThoseOfTheCommandLine() throws IOException {
    Selection all = replay.read(ALL).models("linux-6.9", "seed+exec-hits");
    Object[] line = {"report", ALL, "--model", "linux-6.9,seed+exec-hits"};

    assertSameReport(all.untraced(), and(line, "--untraced"));
    assertSameReport(all.xenPv(), and(line, "--xen-pv"));
    assertSameReport(
        replay.read(ALL).models("all").untraced().seccomp(),
        "report",
        ALL,
        "--model",
        "all",
        "--untraced",
        "--seccomp");
    assertSameReport(
        replay.read(ALL).models("all").untraced().audit().patchedForkChildren(),
        "report",
        ALL,
        "--model",
        "all",
        "--untraced",
        "--audit",
        "--patched-fork-children");
    assertSameReport(all.untraced().nohzFull(), and(line, "--untraced", "--nohz-full"));
    assertSameReport(all.asRecorded(), and(line, "--as-recorded"));
    assertSameReport(
        replay.read(ALL).models("all").la57().untraced(),
        and(new Object[] {"report", ALL, "--model", "all"}, "--la57", "--untraced"));
  }

  @Test
  void theModelOfEachTracesKernelIsChosenAsOnTheCommandLine() throws IOException {
    assertSameReport(replay.read(ALL).models("auto"), "report", ALL, "--model", "auto");
    assertThat(replay.read(SHELL).models("auto").report().notes())
        .singleElement()
        .asString()
        .startsWith("model ")
        .endsWith("(choose it with model).");
  }

  @Test
  void workloadsAndFormatsAreTakenAsOnTheCommandLine() throws IOException {
    assertSameReport(
        replay.read(ALL).workload("all of it").by("entry"),
        "report",
        ALL,
        "--workload",
        "all of it",
        "--by",
        "entry");
    assertThat(replay.read(ALL).format("perf-script").report().rows().count())
        .isEqualTo(SampleTraces.folders().size());
  }

  @Test
  void textIsThatOfTheCommandLine() {
    Report report = replay.read(ALL).models("seed", "fred").by("entry").report();

    assertThat(report.text()).isEqualTo(printed("report", ALL, "--model", "seed,fred"));
    assertThat(report).hasToString(report.text());
  }

  @Test
  void columnsHaveTheirSentencesAndUnits() {
    StructField[] fields = replay.read(SHELL).by("syscall").report().rows().schema().fields();
    List<ReportColumn> columns = ReportColumn.of(List.of(GroupColumn.SYSCALL));

    assertThat(fields).hasSameSizeAs(columns);
    for (int i = 0; i < fields.length; i++) {
      ReportColumn column = columns.get(i);
      assertThat(fields[i].name()).isEqualTo(column.key());
      assertThat(fields[i].getComment().get()).isEqualTo(column.sentence());
      assertThat(fields[i].nullable()).isEqualTo(column.canBeNull());
      assertThat(
              fields[i].metadata().contains("unit") ? fields[i].metadata().getString("unit") : "")
          .isEqualTo(column.unit().symbol());
    }
  }

  @Test
  void rowsAreAskedBySqlLikeAnyOthers() {
    Dataset<Row> missed =
        replay
            .read(ALL)
            .by("syscall")
            .report()
            .rows()
            .selectExpr(
                "sum(iret_miss)", "sum(aggregate(map_values(first_miss), 0L, (a, b) -> a + b))");

    Row row = missed.first();
    assertThat(row.getLong(0)).isPositive().isEqualTo(row.getLong(1));
  }

  private static void assertSameComparison(Comparison comparison, Object... commandLine)
      throws IOException {
    String json = printed(and(commandLine, "--format", "json"));
    assertThat(comparison.json()).isEqualTo(json);
    assertThat(comparison.csv()).isEqualTo(printed(and(commandLine, "--format", "csv")));
    assertThat(comparison.text()).isEqualTo(printed(commandLine));
    assertThat(comparison.markdown()).isEqualTo(printed(and(commandLine, "--format", "markdown")));
    // A page made by a program names no command line.
    assertThat(comparison.html())
        .isEqualTo(
            printed(and(commandLine, "--format", "html"))
                .replaceFirst("<pre class=\"command\">.*?</pre>", ""));
    assertThat(comparison).hasToString(comparison.text());
    JsonNode contract = JSON.readTree(json);
    assertRowsAre(comparison.rows(), contract.path("rows"));
    assertThat(tree(comparison.baseInput())).isEqualTo(contract.path("base").path("input"));
    assertThat(tree(comparison.otherInput())).isEqualTo(contract.path("other").path("input"));
  }

  @Test
  void twoModelsAreComparedAsOnTheCommandLine() throws IOException {
    Selection all = replay.read(ALL);

    assertSameComparison(
        replay.compare(all.models("linux-4.1"), all.models("linux-6.9+irq-check")),
        "compare",
        ALL + "@linux-4.1",
        "@linux-6.9+irq-check");
    assertSameComparison(
        replay.compare(all.untraced(), all.models("auto").untraced()),
        "compare",
        ALL,
        "@auto",
        "--untraced");
  }

  @Test
  void twoRunsAreComparedAsOnTheCommandLine() throws IOException {
    Path shell = ROOT.resolve("shell");
    Path http = ROOT.resolve("http");

    assertSameComparison(
        replay.compare(replay.read(shell.toString()), replay.read(http.toString())),
        "compare",
        shell,
        http);
    assertSameComparison(
        replay.compare(
            replay.read(ALL).asRecorded(),
            replay.read(http.toString()).models("fred").asRecorded()),
        "compare",
        ALL,
        http + "@fred",
        "--as-recorded");
  }

  @Test
  void aRunAndItselfDoNotDiffer() throws IOException {
    Selection shell = replay.read(SHELL);
    assertSameComparison(replay.compare(shell, shell), "compare", SHELL, SHELL);
  }

  @Test
  void aGateNamesWhatFell() {
    Selection shell = replay.read(SHELL);
    Comparison comparison = replay.compare(shell.models("seed"), shell.models("fred"));

    assertThat(comparison.regressions()).isEmpty();
    assertThat(comparison.failBelow(100).regressions()).isEmpty();
    Result gate =
        CliRunner.run(
            "compare", SHELL + "@seed", "@fred", "--fail-below", "0.5", "--format", "json");
    Comparison judged = comparison.failBelow(0.5);
    assertThat(gate.exit()).isEqualTo(4);
    assertThat(judged.json()).isEqualTo(gate.out());
    assertThat(judged.regressions()).isNotEmpty();
    assertThat(gate.err()).contains(judged.regressions().get(0).replaceAll("\\.$", ""));
    for (double wrong : new double[] {-0.1, 100.1, Double.NaN}) {
      assertThatThrownBy(() -> comparison.failBelow(wrong))
          .hasMessage(
              "failBelow %s: this is no number of percentage points; give one from 0 to 100, such as 0.5."
                  .formatted(wrong));
    }
  }

  @Test
  void aGateSaysWhatItCannotJudge() {
    String http = ROOT.resolve("http").toString();
    Comparison comparison = replay.compare(replay.read(ALL), replay.read(http)).failBelow(1);

    assertThat(comparison.notes())
        .last()
        .asString()
        .startsWith("failBelow cannot judge what has exits on one side only: compat32, compiler,");
  }

  private record Part(String trace, StoreTable table, long sizeBytes, long rows, String sha256) {}

  /** All content of a store but the names of part files, which are new with every ingest. */
  private static List<Part> content(Path store) {
    List<Part> content = new ArrayList<>();
    for (TraceRow row : TraceStore.at(store.toString()).read().traces()) {
      String trace = row.workload() + " " + row.traceId() + " " + row.counts();
      for (PartFile it : row.parts()) {
        content.add(new Part(trace, it.table(), it.sizeBytes(), it.rows(), it.sha256()));
      }
    }
    return content;
  }

  @Test
  void storesAreThoseThatTheCommandLineMakesByteForByte() throws IOException {
    Path ours = folder.resolve("ours");
    Path theirs = folder.resolve("theirs");

    Store store = replay.ingest(ALL, DAMAGED).into(ours.toString());

    Result ingest = CliRunner.run("ingest", ALL, DAMAGED, "--into", theirs);
    assertThat(content(ours)).isEqualTo(content(theirs)).hasSizeGreaterThan(30);
    assertThat(store.toString().lines()).containsExactlyElementsOf(ingest.out().lines().toList());
    assertThat(store.location()).isEqualTo(ours.toString());
    assertThat(store.traces()).hasSize(SampleTraces.folders().size() + 1);
    assertThat(store.input().seen())
        .isPositive()
        .isEqualTo(store.traces().stream().mapToLong(it -> it.input().seen()).sum());
    assertThat(store.notes())
        .contains(
            "%s: 1 of 40 records were rejected; read(\"%s\").report().notes() says why."
                .formatted(DAMAGED, ours));
    assertSameReport(store.read().models("all"), "report", theirs, "--model", "all");
    assertSameReport(replay.read(ours.toUri().toString(), SHELL), "report", ours.toUri(), SHELL);
  }

  /** Notebooks and logs are read by people elsewhere, too. */
  @Test
  void numbersAreWrittenAlikeInEveryCountry() {
    Store store = replay.ingest(SHELL).into(folder.resolve("locales").toString());
    Locale usual = Locale.getDefault();
    try {
      for (String tag : List.of("de-DE", "fa-IR-u-nu-arabext")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(store.toString())
            .matches(".*: \\d,\\d{3} seen = \\d,\\d{3} accepted \\+ 0 rej.*");
      }
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void aStoreIsNotIngestedAgain() {
    Path store = folder.resolve("again");
    replay.ingest(SHELL).workload("w").into(store.toString());

    assertThat(replay.read(store.toString()).report().rows().first().getString(0)).isEqualTo("w");
    assertOneSentence(
        () -> replay.ingest(store.toString()).into(folder.resolve("b").toString()),
        store + ": this is a store already; read(...) takes it as it is.");
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void aWorkloadThatIsNamedIsThatOfAStoresFramesToo() {
    Path store = folder.resolve("renamed");
    replay.ingest(SHELL).workload("w").into(store.toString());

    Selection named = replay.read(store.toString(), SHELL).workload("both");

    assertThat(named.frames().select("workload").distinct().collectAsList())
        .extracting(it -> it.getString(0))
        .containsExactly("both");
    assertThat(named.report().rows().first().getString(0)).isEqualTo("both");
  }

  @Test
  void theColumnOfAWorkloadThatIsNamedStaysAsItIs() {
    Path store = folder.resolve("described");
    replay.ingest(SHELL).into(store.toString());
    Selection own = replay.read(store.toString());
    Selection named = own.workload("other");

    assertThat(named.frames().schema()).isEqualTo(own.frames().schema());
    assertThat(named.rejects().schema()).isEqualTo(own.rejects().schema());
    assertThat(named.traces().schema()).isEqualTo(own.traces().schema());
  }

  /** Not to ask would give an empty report. */
  @Test
  void noSourceAndNoModelAreTold() {
    assertOneSentence(() -> replay.read(), "read(): no source is named; name at least one.");
    assertOneSentence(() -> replay.ingest(), "ingest(): no source is named; name at least one.");
    assertOneSentence(
        () -> replay.generate(10), "generate(10): no source is named; name at least one.");
    assertOneSentence(
        () -> replay.read(SHELL).models(new String[0]),
        "models(): no model is named; name at least one, or all, or auto.");
  }

  /** A notebook shows the failure as one line. */
  private static void assertOneSentence(ThrowingCallable work, String sentence) {
    assertThatThrownBy(work)
        .isInstanceOf(SysretReplayException.class)
        .hasMessage(sentence)
        .hasNoCause()
        .satisfies(it -> assertThat(it.getStackTrace()).isEmpty());
  }

  @Test
  void globsAreWhatSparkTakesThemFor() throws IOException {
    String pattern = ALL + "/{shell,http}/perf.d?t[a-b]";

    assertSameReport(
        replay.read(pattern),
        "report",
        ROOT.resolve("http/perf.data"),
        ROOT.resolve("shell/perf.data"));
    assertSameReport(
        replay.read(ROOT.toUri() + "shell/*.data"), "report", ROOT.resolve("shell/perf.data"));
    assertOneSentence(
        () -> replay.read(ALL + "/no-such-*").report(),
        ALL + "/no-such-*: no file and no folder is called so; check the pattern.");
  }

  @Test
  void aTimeInAFilesNameBreaksNoGlob() throws IOException {
    Path shells = Files.createDirectories(folder.resolve("shells"));
    Files.copy(Path.of(SHELL), shells.resolve("shell-2026-10-12T14:30:00.perf.data"));
    Files.copy(Path.of(SHELL), shells.resolve("shell.perf.data"));

    assertThat(replay.read(shells + "/sh*").report().rows().select("workload").collectAsList())
        .hasToString("[[shell], [shell-2026-10-12T14:30:00]]");
  }

  @Test
  void aFileThatIsCalledLikeAGlobIsThatFile() throws IOException {
    Path file = folder.resolve("[a].perf.data");
    Files.copy(Path.of(SHELL), file);
    Files.copy(Path.of(SHELL), folder.resolve("a.perf.data"));

    assertThat(replay.read(file.toString()).report().rows().first().getString(0)).isEqualTo("[a]");
  }

  @Test
  void whatCannotBeReadFailsTheQuestionUnlessItIsToBePassedOver() throws IOException {
    String missing = folder.resolve("missing.data").toString();
    String sentence = missing + ": there is no such file; check the name.";

    assertOneSentence(() -> replay.read(SHELL, missing).report(), sentence);
    assertOneSentence(() -> replay.ingest(SHELL, missing).into(folder + "/none"), sentence);
    assertThat(folder.resolve("none")).doesNotExist();
    assertOneSentence(() -> replay.read(missing).skipUnreadable().report(), sentence);
    Report report = replay.read(SHELL, missing).skipUnreadable().report();
    assertThat(report.notes()).containsExactly(sentence);
    assertThat(report.json()).isEqualTo(printed("report", SHELL, "--format", "json"));
  }

  /** A file that is refused amid its records, beside one that is read. */
  @Test
  void whatIsRefusedLateFailsTheQuestionUnlessItIsToBePassedOver() throws IOException {
    Path late = Files.createDirectories(folder.resolve("late"));
    String counted =
        "{\"rip\":1,\"rcx\":1,\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43,\"count\":%d}\n";
    Path bad = late.resolve("bad.jsonl");
    Files.writeString(bad, counted.formatted(1) + counted.formatted(5));
    String good = Files.copy(Path.of(SHELL), late.resolve("good.perf.data")).toString();
    Result expected = CliRunner.run("report", late, "--by", "second", "--format", "json");
    String why = expected.errLines().get(0).replaceFirst("^sysret-replay: ", "");

    assertThat(why).startsWith(bad + ": ");
    assertThat(expected.out())
        .isEqualTo(printed("report", good, "--by", "second", "--format", "json"));
    Selection all = replay.read(late.toString()).by("second");
    assertOneSentence(all::report, why);
    Report passed = all.skipUnreadable().report();
    assertThat(passed.notes()).contains(why);
    assertThat(passed.json()).isEqualTo(expected.out());
    Selection none = replay.read(bad.toString()).by("second");
    assertOneSentence(() -> none.skipUnreadable().report(), why);
  }

  @Test
  void whatNamesNoKernelIsLeftOutOfAutoAndTold() throws IOException {
    Path some = Files.createDirectories(folder.resolve("auto"));
    Files.copy(Path.of(SHELL), some.resolve("named.perf.data"));
    Files.writeString(
        some.resolve("text.jsonl"),
        "{\"rip\":1,\"rcx\":1,\"r11\":582,\"rflags\":582,\"cs\":51,\"ss\":43}\n");
    Result expected = CliRunner.run("report", some, "--model", "auto", "--format", "json");
    Selection asked = replay.read(some.toString());
    Report report = asked.models("auto").report();

    assertThat(expected.exit()).isZero();
    assertThat(report.json()).isEqualTo(expected.out()).contains("\"left_out\" : [ \"text.jsonl-");
    assertThat(report.notes())
        .anyMatch(it -> it.contains("does not name its kernel, and is left out; name a model"));
    assertThatThrownBy(() -> asked.verdicts("auto"))
        .isInstanceOf(SysretReplayException.class)
        .hasMessageContaining("does not name its kernel");
    assertThat(asked.skipUnreadable().verdicts("auto").count())
        .isEqualTo(replay.read(SHELL).verdicts("seed").count());
  }

  @Test
  void whatHasNoFrameFailsTheQuestionUnlessItIsToBePassedOver() {
    String file = BAD + "/no-user-registers.perf.data";
    Result expected = CliRunner.run("report", file, "--format", "json");
    String why = expected.errLines().get(0).replaceFirst("^sysret-replay: ", "");

    assertThat(expected.exit()).isEqualTo(3);
    assertOneSentence(() -> replay.read(file).report(), why);
    assertThat(replay.read(file).skipUnreadable().report().json()).isEqualTo(expected.out());
  }

  @Test
  void whatHasNoFrameFailsTheQuestionAlsoBesideOthers() {
    String file = BAD + "/no-user-registers.perf.data";
    Path store = folder.resolve("beside");
    Selection both = replay.read(SHELL, file);
    String why = "the sample has no user registers; record with --user-regs=";

    assertThatThrownBy(both::report)
        .isInstanceOf(SysretReplayException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(why);
    assertThatThrownBy(() -> both.verdicts("seed")).hasMessageContaining(why);
    assertThat(both.skipUnreadable().report().notes()).anyMatch(it -> it.contains(why));
    assertThatThrownBy(() -> replay.ingest(SHELL, file).into(store.toString()))
        .isInstanceOf(SysretReplayException.class)
        .hasMessageContaining(file + ": ");
    assertThat(replay.read(store.toString()).report().json())
        .isEqualTo(both.skipUnreadable().report().json());
    assertThat(replay.ingest(SHELL, file).skipUnreadable().into(store.toString()).traces())
        .hasSize(2);
  }

  @Test
  void notesAreThoseOfTheCommandLine() {
    Path store = folder.resolve("noted");
    replay.ingest(SHELL).into(store.toString());
    Object[] sources = {ROOT.resolve("bad"), ROOT.resolve("shell"), store};
    Result expected = CliRunner.run(and(new Object[] {"report"}, sources));

    List<String> notes =
        replay
            .read(Arrays.stream(sources).map(Object::toString).toArray(String[]::new))
            .skipUnreadable()
            .report()
            .notes();

    assertThat(notes)
        .containsExactlyInAnyOrderElementsOf(
            expected.errLines().stream().map(it -> it.replace("sysret-replay: ", "")).toList())
        .hasSizeGreaterThan(10);
  }

  @Test
  void whatThereIsNotIsSaidInASentence() {
    Selection shell = replay.read(SHELL);
    UnaryOperator<String> known = it -> it.replaceFirst("^sysret-replay: --", "").strip();

    assertOneSentence(
        () -> shell.models("linux-9.9"),
        known.apply(CliRunner.run("report", SHELL, "--model", "linux-9.9").err()));
    assertOneSentence(
        () -> shell.by("weather"),
        known.apply(CliRunner.run("report", SHELL, "--by", "weather").err()));
    assertOneSentence(
        () -> shell.format("pcap"),
        known.apply(
            CliRunner.run("ingest", SHELL, "--into", folder.resolve("x"), "--format", "pcap")
                .err()));
    assertOneSentence(
        () -> shell.la57().report(),
        "la57: seed cannot run with 5-level paging; leave out la57, or name a later model.");
    assertOneSentence(
        () -> replay.read(" ").report(), "\" \": this is no path; name a file or a folder.");
    assertOneSentence(
        () -> replay.read("nofs://host/store").report(),
        CliRunner.run("report", "nofs://host/store")
            .err()
            .replaceFirst("^sysret-replay: ", "")
            .strip());
  }

  @Test
  void sidesThatCannotBeComparedAreRefused() {
    Selection shell = replay.read(SHELL);
    Selection other = replay.read(ROOT.resolve("http").toString());

    assertOneSentence(
        () -> replay.compare(shell.models("seed", "fred"), other),
        "compare: a side asks models(seed, fred), and takes one; name it.");
    assertOneSentence(
        () -> replay.compare(shell, other.models("all")),
        "compare: a side asks models(all), and takes one; name it.");
    assertOneSentence(
        () -> replay.compare(shell.by("entry"), other),
        "compare: workloads are compared whole; leave out by(...).");
    assertOneSentence(
        () -> replay.compare(shell.untraced(), other),
        "compare: the sides are judged for different machines or registers; ask both alike.");
    for (Selection unlike :
        List.of(shell.workload("x"), shell.format("perf-data"), shell.skipUnreadable())) {
      String sentence =
          "compare: the sides have the same sources, and differ in workload(...), format(...) or"
              + " skipUnreadable(); ask both alike.";
      assertOneSentence(() -> replay.compare(shell, unlike.models("fred")), sentence);
      assertOneSentence(() -> replay.compare(unlike, shell.models("fred")), sentence);
      assertThat(replay.compare(unlike, unlike.models("fred")).rows().count()).isPositive();
    }
    assertThat(replay.compare(shell.workload("x"), other.skipUnreadable()).rows().count())
        .isPositive();
  }

  @Test
  void aFrameIsExplainedAsOnTheCommandLine() {
    Path store = folder.resolve("explained");
    Selection stored = replay.ingest(ROOT + "/{shell,http}").into(store.toString()).read();

    assertThat(replay.read(SHELL).models("linux-6.9").explain("7"))
        .isEqualTo(printed("explain", SHELL, "7", "--model", "linux-6.9"));
    assertThat(stored.models("auto").untraced().explain("http:3"))
        .isEqualTo(printed("explain", store, "http:3", "--model", "auto", "--untraced"));
    for (String wrong : List.of("x", "3", "nobody:3", "http:999999")) {
      assertOneSentence(
          () -> stored.explain(wrong),
          CliRunner.run("explain", store, wrong).err().replace("sysret-replay: ", "").strip());
    }
    assertOneSentence(
        () -> stored.models("seed", "fred").explain("http:3"),
        "explain, of models(seed, fred): one model judges; name it.");
  }

  /** Each reading gives its own rows, the same for a trace and for a store of it. */
  @Test
  void framesRejectsAndTracesAreThoseThatAReportCounts() {
    String store = folder.resolve("tables").toString();
    String synthetic = ROOT.resolve("synthetic").toString();
    for (Selection asked :
        List.of(
            replay.read(ALL, DAMAGED, synthetic),
            replay.ingest(ALL, DAMAGED, synthetic).into(store).read(),
            replay.read(SHELL, DAMAGED, store).workload("w"),
            replay.read(ALL).asRecorded())) {
      InputCounts counts = asked.report().input();

      assertThat(asked.rejects().count()).isEqualTo(counts.rejected());
      Row sums =
          asked
              .traces()
              .selectExpr("sum(seen)", "sum(accepted)", "sum(rejected)", "sum(ignored)")
              .first();
      assertThat(List.of(sums.getLong(0), sums.getLong(1), sums.getLong(2), sums.getLong(3)))
          .containsExactly(counts.seen(), counts.accepted(), counts.rejected(), counts.ignored());
      assertThat(asked.frames().selectExpr("sum(count)").first().getLong(0))
          .isEqualTo(asked.report().rows().selectExpr("sum(exits)").first().getLong(0));
    }
    assertOneSentence(
        () -> replay.read("missing").frames(), "missing: there is no such file; check the name.");
  }

  @Test
  void tablesOfWhatIsNoStoreAreRefusedInASentence() throws IOException {
    Path store = folder.resolve("damaged");
    replay.ingest(SHELL).into(store.toString());
    Path row;
    try (Stream<Path> rows = Files.list(store.resolve("traces"))) {
      row = rows.filter(it -> it.toString().endsWith(".parquet")).findAny().orElseThrow();
    }
    Files.writeString(row, "no row");

    for (String source : List.of(store.toString(), "nofs://host/store")) {
      String why = CliRunner.run("report", source).err().replaceFirst("^sysret-replay: ", "");
      assertThat(why).contains(source);
      Selection asked = replay.read(source);
      assertOneSentence(asked::frames, why.strip());
      assertOneSentence(asked::rejects, why.strip());
      assertOneSentence(asked::traces, why.strip());
    }
  }

  @Test
  void aReleaseNamesItsModel() throws IOException {
    assertSameReport(
        replay.read(SHELL).models("5.14.0-427.el9.x86_64", "6.12+exec-hits"),
        "report",
        SHELL,
        "--model",
        "5.14.0-427.el9.x86_64,6.12+exec-hits");
  }

  @Test
  void aSelectionIsNotChangedByAnother() {
    Selection one = replay.read(SHELL);
    one.by("entry").models("fred").workload("other").asRecorded().untraced();

    assertThat(one.report().json()).isEqualTo(printed("report", SHELL, "--format", "json"));
  }

  @Test
  void settingsOfFileSystemsAreTheSessions() throws IOException {
    Path store = folder.resolve("qualified");
    replay.ingest(SHELL).into(store.toString());
    spark.sparkContext().hadoopConfiguration().set("fs.mine.impl", MineFileSystem.class.getName());
    try {
      assertThat(replay.read("mine://host" + store).report().json())
          .isEqualTo(printed("report", store, "--format", "json"));
      assertThat(replay.read("mine://host" + folder + "/qual*").report().rows().count()).isOne();
      long frames = replay.read(SHELL).frames().count();
      // A host that nobody has asked before: what is open already needs no setting.
      assertThat(replay.read("mine://frames" + store).frames().count()).isEqualTo(frames);
      assertThat(
              spark.read().format("sysret-store").load("mine://rows" + store).select("rip").count())
          .isEqualTo(frames);
    } finally {
      spark.sparkContext().hadoopConfiguration().unset("fs.mine.impl");
    }
  }

  @Test
  void pathsWithoutASchemeAreOfTheSessionsUsualFileSystem() throws IOException {
    Path store = folder.resolve("usual");
    replay.ingest(SHELL).into(store.toString());
    spark.sparkContext().hadoopConfiguration().set("fs.mine.impl", MineFileSystem.class.getName());
    spark.sparkContext().hadoopConfiguration().set("fs.defaultFS", "mine://host/");
    try {
      MineFileSystem.OPENED.set(0);
      assertThat(replay.read(store.toString()).report().rows().count()).isOne();
      assertThat(MineFileSystem.OPENED.get()).isPositive();
      replay.ingest("file:" + SHELL).into("file:" + folder.resolve("usual2"));
      assertThat(replay.read("file:" + folder.resolve("usual2")).report().rows().count()).isOne();
      assertSameTables(replay.read(store.toString()), replay.read("file:" + SHELL));
      MineFileSystem.OPENED.set(0);
      Selection here = replay.read("file:" + folder.resolve("usual2"));
      assertSameTables(here, replay.read("file:" + SHELL));
      assertThat(MineFileSystem.OPENED.get()).isZero();
    } finally {
      spark.sparkContext().hadoopConfiguration().unset("fs.mine.impl");
      spark.sparkContext().hadoopConfiguration().set("fs.defaultFS", "file:///");
    }
  }

  private static void assertSameTables(Selection one, Selection other) {
    assertThat(one.frames().count()).isPositive().isEqualTo(other.frames().count());
    assertThat(one.rejects().count()).isEqualTo(other.rejects().count());
    assertThat(one.traces().select("workload", "trace").collectAsList())
        .isEqualTo(other.traces().select("workload", "trace").collectAsList());
  }

  @Test
  void noSessionIsRefusedInASentence() {
    assertThatThrownBy(() -> SysretReplay.on(null))
        .isInstanceOf(SysretReplayException.class)
        .hasMessage(
            "SysretReplay.on(null): there is no session; give SparkSession.builder().getOrCreate().");
  }

  @Test
  void mapsAndStructsHaveTheTypesThatTheJavadocSays() {
    assertThat(replay.read(SHELL).report().rows().schema().apply("first_miss").dataType())
        .isEqualTo(DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType, false));
  }
}
