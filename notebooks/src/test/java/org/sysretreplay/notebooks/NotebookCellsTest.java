package org.sysretreplay.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.notebooks.Notebook.Cell;
import org.sysretreplay.notebooks.cells.Cells;
import org.sysretreplay.notebooks.cells.SparkSettings;

/**
 * Every cell of every notebook, run in this JVM, shows what is committed: every table, text and
 * picture. Only where there is no Jupyter: {@link JupyterTest} runs the same cells in the real
 * kernel.
 */
class NotebookCellsTest {

  private static final Path FOLDER = Path.of(System.getProperty("notebooks"));

  @BeforeAll
  static void setLikeTheKernel() {
    SparkSettings.all().forEach(System::setProperty);
  }

  @AfterAll
  static void stop() {
    SparkSession.getActiveSession()
        .foreach(
            it -> {
              it.stop();
              return null;
            });
    SparkSettings.all().keySet().forEach(System::clearProperty);
  }

  static Stream<String> notebooks() {
    return Notebook.in(FOLDER).stream().map(Notebook::name);
  }

  @Test
  void thereAreFive() {
    assertThat(notebooks())
        .containsExactly(
            "first-look", "fleet", "kernel-against-kernel", "the-mail-of-2015", "why-it-misses");
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void showsWhatIsCommitted(String name) {
    assumeFalse(JupyterTest.isPossible(), "JupyterTest runs the same cells in the real kernel");
    try (Cells cells = new Cells()) {
      for (Cell cell : code(name)) {
        assertThat(Shown.of(cells.run(cell.source())))
            .as("%s: %s", name, cell.source())
            .isEqualTo(Shown.of(cell.outputs()));
      }
    }
  }

  /** Code that needs more lines belongs into the public face. */
  @ParameterizedTest
  @MethodSource("notebooks")
  void cellsAreShort(String name) {
    assertThat(code(name)).allSatisfy(it -> assertThat(it.source().lines().count()).isLessThan(6));
  }

  private static List<Cell> code(String name) {
    return Notebook.read(FOLDER.resolve(name + ".ipynb")).cells().stream()
        .filter(Cell::code)
        .toList();
  }
}
