package org.sysretreplay.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.notebooks.Notebook.Cell;
import org.sysretreplay.notebooks.jupyter.KernelSpec;

/**
 * Runs every notebook in Jupyter with the kernel that users have, and compares its outputs with the
 * committed ones. {@code -Dnotebooks.write=true} writes the new outputs into the notebooks.
 */
class JupyterTest {

  private static final Path FOLDER = Path.of(System.getProperty("notebooks"));

  /** Debian's Jupyter, with its own Python: another may stand first on the PATH. */
  private static final Path JUPYTER = Path.of("/usr/bin/jupyter-nbconvert");

  @TempDir private static Path folder;

  /** Whether there is a Jupyter. */
  static boolean isPossible() {
    return Files.isExecutable(JUPYTER);
  }

  @BeforeAll
  static void describeTheKernel() {
    assumeTrue(
        isPossible(),
        "there is no " + JUPYTER + ": apt-get install jupyter-notebook jupyter-nbconvert");
    KernelSpec.write(folder.resolve("jupyter"));
  }

  static Stream<String> notebooks() {
    return NotebookCellsTest.notebooks();
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void showsWhatIsCommitted(String name) throws Exception {
    Path executed = execute(name);
    if (Boolean.getBoolean("notebooks.write")) {
      Files.copy(executed, FOLDER.resolve(name + ".ipynb"), StandardCopyOption.REPLACE_EXISTING);
    }
    List<Cell> now = Notebook.read(executed).cells();
    List<Cell> committed = Notebook.read(FOLDER.resolve(name + ".ipynb")).cells();
    assertThat(now).hasSameSizeAs(committed);
    for (int i = 0; i < now.size(); i++) {
      assertThat(Shown.of(now.get(i).outputs()))
          .as("%s: %s", name, now.get(i).source())
          .isEqualTo(Shown.of(committed.get(i).outputs()));
    }
  }

  private static Path execute(String name) throws Exception {
    Path log = folder.resolve(name + ".log");
    Process process = jupyter(name, log).start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(name + " takes too long").isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return folder.resolve(name + ".ipynb");
  }

  private static ProcessBuilder jupyter(String name, Path log) throws IOException {
    ProcessBuilder jupyter =
        new ProcessBuilder(
                JUPYTER.toString(),
                "--to=notebook",
                "--execute",
                "--ExecutePreprocessor.timeout=300",
                "--ExecutePreprocessor.startup_timeout=60",
                "--ExecutePreprocessor.record_timing=False",
                "--output-dir=" + folder,
                name + ".ipynb")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    jupyter.environment().put("JUPYTER_PATH", folder.resolve("jupyter").toString());
    // Nothing of the user's is read or written.
    jupyter.environment().put("HOME", Files.createDirectories(folder.resolve("home")).toString());
    jupyter.environment().put("JUPYTER_RUNTIME_DIR", folder.resolve("run").toString());
    jupyter.environment().put("JDK_JAVA_OPTIONS", QuickJava.OPTIONS);
    jupyter
        .environment()
        .put("PATH", "/usr/bin" + File.pathSeparator + System.getenv().getOrDefault("PATH", ""));
    return jupyter;
  }
}
