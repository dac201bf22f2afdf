package org.sysretreplay.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.spark.cluster.ClassPath;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Checks the jar for Spark programs, once the module is packaged, and the README's section on it,
 * in a JVM that has only Spark's jars and this one.
 */
@EnabledIfSystemProperty(named = "published.jar", matches = ".+")
class PublishedJarCheck {

  private static final Path JAR = Path.of(System.getProperty("published.jar"));
  private static final Path ROOT = Path.of(System.getProperty("sample.traces")).getParent();

  /**
   * The program that runs the README's statements; its arguments are files with one statement each.
   */
  private static final String RUNNER =
      """
      import java.nio.file.Files;
      import java.nio.file.Path;
      import org.apache.spark.sql.SparkSession;

      public class Runner {
        public static void main(String[] files) throws Exception {
          SparkSession spark =
              SparkSession.builder()
                  .master("local[2]")
                  .config("spark.ui.enabled", false)
                  .config("spark.sql.shuffle.partitions", 2)
                  .config("spark.driver.host", "127.0.0.1")
                  .config("spark.driver.bindAddress", "127.0.0.1")
                  .getOrCreate();
          for (String file : files) {
            for (Object row : spark.sql(Files.readString(Path.of(file))).collectAsList()) {
              System.out.println(row);
            }
          }
          spark.stop();
        }
      }
      """;

  /**
   * The program that runs the README's program as a user would type it; its argument is that file.
   * In JShell an import resets the variables before it, so the session is made after the imports.
   */
  private static final String SHELL =
      """
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.util.Map;
      import jdk.jshell.JShell;
      import jdk.jshell.SnippetEvent;
      import jdk.jshell.execution.LocalExecutionControlProvider;

      public class Shell {
        public static void main(String[] files) throws Exception {
          System.setProperty("spark.master", "local[2]");
          System.setProperty("spark.app.name", "README");
          System.setProperty("spark.ui.enabled", "false");
          System.setProperty("spark.driver.host", "127.0.0.1");
          System.setProperty("spark.driver.bindAddress", "127.0.0.1");
          JShell shell =
              JShell.builder()
                  .executionEngine(new LocalExecutionControlProvider(), Map.of())
                  .build();
          shell.addToClasspath(System.getProperty("java.class.path"));
          String session = "var spark = org.apache.spark.sql.SparkSession.builder().getOrCreate();";
          String left = Files.readString(Path.of(files[0])).replaceFirst("\\n\\n", session);
          while (!left.isBlank()) {
            var next = shell.sourceCodeAnalysis().analyzeCompletion(left);
            for (SnippetEvent event : shell.eval(next.source())) {
              if (event.exception() != null || !event.status().isActive()) {
                System.err.println(next.source() + " " + event);
                System.exit(1);
              }
            }
            left = next.remaining();
          }
          System.exit(0);
        }
      }
      """;

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(it -> it.getName()).filter(it -> !it.endsWith("/")).toList();
    }
  }

  @Test
  void itHoldsOurModulesAndNothingElse() throws IOException {
    assertThat(entries())
        .allMatch(it -> it.startsWith("org/sysretreplay/") || it.startsWith("META-INF/"))
        .noneMatch(it -> it.startsWith("org/sysretreplay/analytics/cli/"))
        .contains(
            "META-INF/LICENSE",
            "META-INF/services/org.apache.spark.sql.SparkSessionExtensionsProvider",
            "org/sysretreplay/emulator/ExitModels.class",
            "org/sysretreplay/ingest/store/TraceStore.class",
            "org/sysretreplay/analytics/Tally.class",
            "org/sysretreplay/spark/functions/SysretCatalog.class",
            "org/sysretreplay/spark/sql/spark.sql",
            "org/sysretreplay/spark/sql/duckdb.sql");
  }

  @Test
  void itIsAsSmallAsTheReadmeSays() throws IOException {
    assertThat(readme()).contains("one jar of less than 3 MB");
    assertThat(JAR).satisfies(it -> assertThat(Files.size(it)).isLessThan(3_000_000));
  }

  @Test
  void theOnlyLibraryThatItAsksForIsSparkWhichIsProvided()
      throws IOException, SAXException, ParserConfigurationException, XPathException {
    var pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(JAR.resolveSibling("published-pom.xml").toFile());
    NodeList asked =
        (NodeList)
            XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                    "/project/dependencies/dependency[not(scope='test')]",
                    pom,
                    XPathConstants.NODESET);
    assertThat(asked.getLength()).isEqualTo(1);
    assertThat(asked.item(0).getTextContent()).contains("spark-sql_2.13").contains("provided");
  }

  /** The exception is the library that draws charts, which is larger than our whole jar. */
  @Test
  void sparkHasEverythingElseThatItNeeds() {
    StringWriter out = new StringWriter();
    PrintWriter to = new PrintWriter(out);
    String spark =
        ClassPath.ofSpark().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(
            to,
            to,
            "--multi-release",
            "base",
            "--missing-deps",
            "--class-path",
            spark,
            JAR.toString());
    List<String> missing =
        out.toString()
            .lines()
            .filter(it -> it.contains("not found"))
            .map(it -> it.strip().replaceAll("\\s+", " "))
            .filter(it -> !it.contains("-> org.jetbrains.letsPlot."))
            .filter(it -> it.startsWith("org.sysretreplay."))
            .toList();
    assertThat(missing).isEmpty();
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  /** The statements of the README's section on Spark, in their order. */
  private static List<String> statements() throws IOException {
    return blocks("sql").stream()
        .flatMap(it -> Stream.of(it.split(";\n")))
        .filter(it -> !it.isBlank())
        .toList();
  }

  /** The blocks of that language in the README's section on Spark. */
  private static List<String> blocks(String language) throws IOException {
    String section = readme().split("\n## In Spark\n")[1].split("\n## ")[0];
    Matcher found =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(section);
    List<String> blocks = new ArrayList<>();
    while (found.find()) {
      blocks.add(found.group(1));
    }
    return blocks;
  }

  @Test
  void theReadmesStatementsRunOneByOne(@TempDir Path folder)
      throws IOException, InterruptedException {
    List<String> statements = statements();
    assertThat(statements).hasSize(5);
    Files.createSymbolicLink(folder.resolve("sample-traces"), ROOT.resolve("sample-traces"));
    String shown = run(folder, "Runner.java", RUNNER, statements);
    assertThat(shown)
        .contains("[compiler,3060,0.367973")
        .contains("[FAULT,")
        .contains("Cause SIGNAL_DELIVERY: a signal was delivered");
  }

  @Test
  void theReadmesProgramRunsInJShell(@TempDir Path folder)
      throws IOException, InterruptedException {
    List<String> programs = blocks("java");
    assertThat(programs).hasSize(1);
    Files.createSymbolicLink(folder.resolve("sample-traces"), ROOT.resolve("sample-traces"));
    assertThat(run(folder, "Shell.java", SHELL, programs))
        .containsPattern("\\|compiler +\\|seed +\\|3060 +\\|0.3679")
        .contains("Model seed:");
  }

  @Test
  void everyFormOfAnAnswerComesFromTheJarAlone(@TempDir Path folder)
      throws IOException, InterruptedException {
    Files.createSymbolicLink(folder.resolve("sample-traces"), ROOT.resolve("sample-traces"));
    String program =
        """
        import org.sysretreplay.spark.*;

        var replay = SysretReplay.on(spark);
        var report = replay.read("sample-traces/http", "sample-traces/shell").report();
        System.out.println(report.html().length() > 50_000);
        System.out.println(report.csv().lines().count());
        System.out.println(report.intervals().count());
        var runs = replay.compare(replay.read("sample-traces/http"), replay.read("sample-traces/shell"));
        System.out.println(runs.html().length() > 10_000);
        System.out.println(runs.text());
        """;
    assertThat(run(folder, "Shell.java", SHELL, List.of(program)))
        .startsWith("true\n3\n2\ntrue\n")
        .contains("95 % interval");
  }

  /** Writes each statement to a file, runs the program on these files and returns its output. */
  private static String run(Path folder, String name, String program, List<String> statements)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(it -> it.startsWith("--add-opens=") || it.startsWith("--enable-native-access"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        Stream.concat(ClassPath.ofSpark().stream(), Stream.of(JAR))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(Files.writeString(folder.resolve(name), program).toString());
    for (int i = 0; i < statements.size(); i++) {
      Path file = folder.resolve("statement-" + i + ".sql");
      command.add(Files.writeString(file, statements.get(i)).toString());
    }
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("it ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    return Files.readString(out);
  }
}
