package org.sysretreplay.notebooks.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CellsTest {

  private final Cells cells = new Cells();

  @AfterEach
  void close() {
    cells.close();
  }

  private AbstractThrowableAssert<?, ?> assertThatFails(String cell) {
    return assertThatThrownBy(() -> cells.run(cell)).isInstanceOf(CellException.class);
  }

  @Test
  void aCellIsWhatItsLastExpressionComesTo() {
    assertThat(cells.run("int one = 1;\none + 1")).isEqualTo(2);
    assertThat(cells.run("one;")).isEqualTo(1);
    assertThat(cells.run("one = 5; // and a remark\n\n")).isEqualTo(5);
    assertThat(cells.run("new int[0].length\n// a remark")).isEqualTo(0);
  }

  @Test
  void declarationsAndStatementsComeToNothing() {
    assertThat(cells.run("")).isNull();
    assertThat(cells.run("// a remark")).isNull();
    assertThat(cells.run("int two = 2;")).isNull();
    assertThat(cells.run("two; if (two == 2) { two = 3; }")).isNull();
    assertThat(cells.run("new StringBuilder().setLength(0)")).isNull();
    assertThat(cells.run("(Object) null")).isNull();
  }

  @Test
  void whatCannotBeCompiledIsSaidWithLineAndPlace() {
    assertThatFails("int one = 1;\nint two = one + ten;")
        .hasMessage(
            """
            line 2: cannot find symbol
              symbol:   variable ten
              location: class\s
              int two = one + ten;
                              ^""");
  }

  @Test
  void everyErrorOfAStatementIsSaid() {
    assertThatFails("\n\nint one = ten + eleven;")
        .hasMessageContaining("line 3: cannot find symbol\n  symbol:   variable ten")
        .hasMessageContaining("line 3: cannot find symbol\n  symbol:   variable eleven");
  }

  @Test
  void whatIsNotCompleteIsSaid() {
    assertThatFails("int one = 1;\nif (one == 1) {")
        .hasMessageStartingWith("line 2: this is not complete")
        .hasMessageContaining("if (one == 1) {");
  }

  @Test
  void whatThrowsIsSaidWithTheLineThatDid() {
    assertThatFails("int zero = 0;\nfor (int i = 0; i < 3; i++) {\n  int x = i / zero;\n}")
        .hasMessage("line 3: java.lang.ArithmeticException: / by zero");
    assertThatFails("\n\n  1 / zero")
        .hasMessage("line 3: java.lang.ArithmeticException: / by zero");
  }

  @Test
  void ourOwnSentencesStandAlone() {
    cells.run(
        """
        import org.apache.spark.sql.SparkSession;
        var spark = SparkSession.builder().master("local[1]").config("spark.ui.enabled", false)
            .getOrCreate();""");
    assertThatFails("\norg.sysretreplay.spark.SysretReplay.on(spark).read(\"/none\").report();")
        .hasMessageStartingWith("/none: ");
    cells.run("spark.stop();");
  }

  @Test
  void tracesOfStacksStayOut() {
    assertThatFails(
            "throw new IllegalStateException(\"a\\n\\tat b.C.d(C.java:1)\\n\\t... 2 more\\ne\");")
        .hasMessage("line 1: java.lang.IllegalStateException: a\ne");
  }

  @Test
  void anErrorLeavesTheNextCellAlone() {
    assertThatFails("int one = 1;\nthrow new RuntimeException();")
        .hasMessage("line 2: java.lang.RuntimeException: ");
    assertThat(cells.run("one")).isEqualTo(1);
  }

  @Test
  void whatRunsCanBeStopped() throws Exception {
    CompletableFuture<Void> stopped =
        CompletableFuture.runAsync(
            () ->
                assertThatFails("int one = 1;\nThread.sleep(60_000);")
                    .hasMessageContaining("this was stopped"));
    // Interrupts at a random moment, while it compiles as well as while it runs.
    Thread.sleep(ThreadLocalRandom.current().nextInt(200, 3000));
    cells.stop();
    stopped.get(20, TimeUnit.SECONDS);
  }

  @Test
  void theCellBehindTheOneThatIsStoppedRunsToItsEnd() throws Exception {
    CompletableFuture<Object> next =
        CompletableFuture.supplyAsync(
            () -> {
              assertThatFails("Thread.sleep(60_000);").hasMessageContaining("this was stopped");
              return cells.run(
                  "long begun = System.nanoTime();\nThread.sleep(500);\nSystem.nanoTime() - begun");
            });
    Thread.sleep(2000);
    cells.stop();
    assertThat((Long) next.get(20, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(500_000_000);
  }
}
