package org.sysretreplay.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.LocalExecutionControlProvider;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.SampleTraces;

/** The example of the package's Javadoc, run line by line as a notebook runs it. */
public class PackageExampleTest {

  private static final Path SOURCE =
      Path.of("src/main/java/org/sysretreplay/spark/package-info.java");

  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\\n(.*?)\\n \\* \\}</pre>", Pattern.DOTALL);

  /** The session that the cells find; JShell's local engine runs them in this process. */
  public static SparkSession spark;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    spark = Sessions.local();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static String example() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(SOURCE));
    assertThat(example.find()).isTrue();
    return example
        .group(1)
        .lines()
        .map(it -> it.replaceFirst("^ \\* ?", ""))
        .collect(Collectors.joining("\n"));
  }

  /** Runs statements one after another; fails at the first that does not compile or throws. */
  private static void run(JShell shell, String text) {
    String left = text;
    while (!left.isBlank()) {
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(left);
      assertThat(next.completeness().isComplete()).as(left).isTrue();
      for (SnippetEvent event : shell.eval(next.source())) {
        assertThat(event.exception()).as(next.source()).isNull();
        assertThat(event.status())
            .as(
                "%s %s",
                next.source(),
                shell.diagnostics(event.snippet()).map(it -> it.getMessage(null)).toList())
            .isIn(Snippet.Status.VALID, Snippet.Status.OVERWRITTEN);
      }
      left = next.remaining();
    }
  }

  @Test
  void theExampleRunsAsItStands() throws IOException {
    Path traces = Files.createDirectories(folder.resolve("traces"));
    Files.copy(SampleTraces.ROOT.resolve("shell/perf.data"), traces.resolve("shell.perf.data"));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    List<String> paths = new ArrayList<>(List.of(System.getProperty("java.class.path").split(":")));
    try (JShell shell =
        JShell.builder().executionEngine(new LocalExecutionControlProvider(), null).build()) {
      paths.forEach(shell::addToClasspath);
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      run(shell, "var spark = %s.spark;".formatted(PackageExampleTest.class.getName()));
      run(shell, "var traces = \"%s\";".formatted(traces));
      run(shell, example());
    } finally {
      System.setOut(before);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("shell").contains("linux-6.9");
  }
}
