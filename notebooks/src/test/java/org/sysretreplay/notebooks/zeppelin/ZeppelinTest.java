package org.sysretreplay.notebooks.zeppelin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.notebooks.Notebook;
import org.sysretreplay.notebooks.Shown;
import org.sysretreplay.notebooks.zeppelin.Note.Paragraph;
import org.sysretreplay.notebooks.zeppelin.Note.Result;

/**
 * Runs every note in a server of Zeppelin, and compares its results with the committed ones. {@code
 * -Dnotebooks.write=true} makes the notes from the notebooks, with new results.
 */
class ZeppelinTest {

  private static final Path NOTEBOOKS = Path.of(System.getProperty("notebooks"));
  private static final Path JARS = Path.of(System.getProperty("zeppelin.jars"));
  private static final boolean WRITE = Boolean.getBoolean("notebooks.write");

  @TempDir private static Path folder;
  private static Path home;
  private static RunningZeppelin zeppelin;

  @BeforeAll
  static void start() throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    ZeppelinFolder of =
        new ZeppelinFolder(
            ZeppelinHome.make(folder.resolve("installed"), JARS), folder.resolve("own"));
    of.write(NOTEBOOKS);
    ProcessBuilder server = of.server(List.of()).directory(workFolder().toFile());
    server.environment().put("HOME", home.toString());
    zeppelin = RunningZeppelin.start(server, JARS.resolveSibling("zeppelin-test.log"));
  }

  /** What notes write stays apart from what the notebooks write at the same time. */
  private static Path workFolder() throws IOException {
    Files.createSymbolicLink(
        folder.resolve("sample-traces"), NOTEBOOKS.resolveSibling("sample-traces"));
    return Files.createDirectory(folder.resolve("notebooks"));
  }

  @AfterAll
  static void end() throws IOException {
    System.out.printf("Zeppelin starts that never answered: %d%n", RunningZeppelin.notAnswered());
    List<ProcessHandle> all = zeppelin.processes();
    zeppelin.close();
    assertThat(all).hasSizeGreaterThan(2).noneMatch(ProcessHandle::isAlive);
    try (Stream<Path> left = Files.list(home)) {
      assertThat(left).isEmpty();
    }
  }

  static Stream<String> notes() {
    return Notebook.in(NOTEBOOKS).stream().map(Notebook::name);
  }

  @ParameterizedTest
  @MethodSource("notes")
  void showsWhatIsCommitted(String name) throws Exception {
    Path file = NOTEBOOKS.resolve(name + Note.ENDING);
    Note now = executed(WRITE ? fromNotebook(name) : Note.read(file));
    assertThat(now.paragraphs())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.state()).as(it.toString()).isEqualTo("FINISHED"));
    if (WRITE) {
      now.write(file);
    }
    List<Paragraph> committed = Note.read(file).paragraphs();
    assertThat(now.paragraphs()).hasSameSizeAs(committed);
    for (int i = 0; i < committed.size(); i++) {
      assertThat(masked(now.paragraphs().get(i)))
          .as("%s: %s", name, committed.get(i).text())
          .isEqualTo(masked(committed.get(i)));
    }
  }

  private static Note fromNotebook(String name) {
    return Note.of(Notebook.read(NOTEBOOKS.resolve(name + ".ipynb")));
  }

  private static List<Result> masked(Paragraph paragraph) {
    return paragraph.results().stream()
        .map(it -> new Result(it.type(), Shown.masked(it.data())))
        .toList();
  }

  private static Note executed(Note note) throws Exception {
    String id = zeppelin.take(note);
    for (String paragraph : zeppelin.paragraphs(id)) {
      zeppelin.run(id, paragraph);
    }
    return Note.of(zeppelin.export(id));
  }

  private static Paragraph run(String text) throws Exception {
    Note note = new Note("one", List.of(new Paragraph(text, "READY", List.of())));
    return executed(note).paragraphs().get(0);
  }

  @Test
  void whatThrowsEndsInErrorWithLineAndMessage() throws Exception {
    Paragraph failed = run("%sysret\nint zero = 0;\nint one = 1 / zero;");
    assertThat(failed.state()).as(failed.toString()).isEqualTo("ERROR");
    assertThat(failed.results())
        .containsExactly(new Result("TEXT", "line 3: java.lang.ArithmeticException: / by zero"));
  }

  @Test
  void sqlThatIsNoneEndsInErrorWithItsMessage() throws Exception {
    Paragraph failed = run("%sysret.sql\nselect nothing from nowhere");
    assertThat(failed.state()).as(failed.toString()).isEqualTo("ERROR");
    assertThat(failed.results()).hasSize(1);
    assertThat(failed.results().get(0).data())
        .contains("[TABLE_OR_VIEW_NOT_FOUND]", "`nowhere`", "line 1 pos 20")
        .doesNotContain("\tat ", "org.sysretreplay");
  }

  @Test
  void rowsThatCannotBeComputedEndInErrorWithTheirMessage() throws Exception {
    Paragraph failed =
        run(
            "%sysret\norg.apache.spark.sql.SparkSession.builder().getOrCreate()"
                + ".sql(\"select raise_error('none of these')\")");
    assertThat(failed.state()).as(failed.toString()).isEqualTo("ERROR");
    assertThat(failed.results())
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.data())
                    .contains("none of these")
                    .doesNotContain("\tat ", "org.sysretreplay"));
  }

  @Test
  void sqlHasOurFunctions() throws Exception {
    assertThat(
            run("%sysret.sql\nselect sysret.u64('0x10') as u, map('b', 1, 'a', 2) as m;").results())
        .containsExactly(new Result("TABLE", "u\tm\n16\t{a=2, b=1}\n"));
  }

  @Test
  void arraysAndStructsAreTheirValues() throws Exception {
    assertThat(
            run("%sysret.sql\nselect array('a', 'b') as a, array(0.1D, 2) as b,"
                    + " named_struct('k', 1, 'l', array('x')) as c")
                .results())
        .containsExactly(new Result("TABLE", "a\tb\tc\na, b\t0.1, 2\t{k=1, l=x}\n"));
  }

  @Test
  void namesAreData() throws Exception {
    String hostile = "concat('a', char(9), 'b', char(10), 'c', char(27), '[31m<b>')";
    assertThat(
            run("%sysret.sql\nselect " + hostile + ", '%html <b>', '\"', '' from range(2)")
                .results())
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.data().lines().skip(1))
                    .containsOnly("a\uFFFDb\uFFFDc\uFFFD[31m<b>\t %html <b>\t \"\t ")
                    .hasSize(2));
    assertThat(run("%sysret.sql\nselect '' as `a\tb`").results())
        .containsExactly(new Result("TABLE", "a\uFFFDb\n \n"));
  }

  @Test
  void aLongTableSaysThatThereIsMore() throws Exception {
    List<Result> shown = run("%sysret.sql\nselect id from range(1001)").results();
    assertThat(shown).hasSize(2);
    assertThat(shown.get(0).data().lines()).hasSize(1001).endsWith("999");
    assertThat(shown.get(1).data())
        .isEqualTo(
            "The first 1,000 rows; there are more. The interpreter's setting sysret.sql.rows says"
                + " how many are shown.");
    assertThat(run("%sysret.sql\nselect id from range(1000)").results()).hasSize(1);
  }

  @Test
  void aStatementWithoutRowsShowsNothing() throws Exception {
    Paragraph view = run("%sysret.sql\ncreate or replace temporary view v as select 1");
    assertThat(view).isEqualTo(new Paragraph(view.text(), "FINISHED", List.of()));
  }

  @Test
  void aQuestionThatCannotBeAnsweredSaysOurSentence() throws Exception {
    Paragraph failed =
        run(
            "%sysret\nvar spark = org.apache.spark.sql.SparkSession.builder().getOrCreate();\n"
                + "org.sysretreplay.spark.SysretReplay.on(spark).read(\"/none\").report();");
    assertThat(failed.state()).as(failed.toString()).isEqualTo("ERROR");
    assertThat(failed.results())
        .singleElement()
        .satisfies(
            it -> assertThat(it.data()).startsWith("/none: ").doesNotContain("\n", "Exception"));
  }

  @Test
  void printsAboveWhatItShows() throws Exception {
    assertThat(run("%sysret\nSystem.out.println(\"printed\");\n1 + 1").results())
        .containsExactly(new Result("TEXT", "printed\n"), new Result("TEXT", "2"));
  }

  @Test
  void aTextThatLooksLikeHtmlStaysOne() throws Exception {
    assertThat(run("%sysret\n\"%html <script>\"").results())
        .containsExactly(new Result("TEXT", "%html <script>"));
  }

  @Test
  void canBeCancelled() throws Exception {
    Path begun = folder.resolve("begun");
    String text =
        "%%sysret\njava.nio.file.Files.createFile(java.nio.file.Path.of(\"%s\"));\nThread.sleep(600_000);";
    Note note = new Note("long", List.of(new Paragraph(text.formatted(begun), "READY", List.of())));
    String id = zeppelin.take(note);
    String paragraph = zeppelin.paragraphs(id).get(0);
    zeppelin.start(id, paragraph);
    await(() -> Files.exists(begun));
    zeppelin.cancel(id, paragraph);
    // Either is right: it depends on which of two threads of Zeppelin is faster.
    await(() -> List.of("ABORT", "ERROR").contains(state(id)));
    assertThat(run("%sysret\n\"and goes on\"").results())
        .containsExactly(new Result("TEXT", "and goes on"));
  }

  private static String state(String note) throws Exception {
    return Note.of(zeppelin.export(note)).paragraphs().get(0).state();
  }

  private static void await(Callable<Boolean> state) throws Exception {
    for (int i = 0; i < 300 && !state.call(); i++) {
      Thread.sleep(100);
    }
    assertThat(state.call()).isTrue();
  }
}
