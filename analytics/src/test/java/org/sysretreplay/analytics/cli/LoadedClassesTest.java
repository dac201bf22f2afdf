package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** The classes that a JVM loads when it runs nothing but the commands. */
class LoadedClassesTest {

  private static final long TIMEOUT_SECONDS = 120;

  @TempDir private Path folder;

  /** The commands, in a JVM of their own. */
  static final class Commands {

    private Commands() {}

    /** Runs them over a recording; the second argument is a folder to write to. */
    public static void main(String[] arguments) {
      Path trace = Path.of(arguments[0]);
      Path folder = Path.of(arguments[1]);
      Path store = folder.resolve("store");
      Path profile = folder.resolve("profile");
      run("ingest", trace, "--into", store);
      run("report", trace, store, "--by", "entry,syscall", "--model", "all");
      run("replay", trace, store, "--output", folder.resolve("verdicts"));
      run("replay", store, "--output", folder.resolve("v.jsonl"), "--format", "jsonl");
      run("frames", trace, store, "--cause", "fault", "--format", "csv");
      run("frames", store, "--format", "parquet", "--output", folder.resolve("frames"));
      run("compare", store, "@linux-4.1");
      run("compare", trace + "@seed", store + "@linux-4.1");
      run("explain", store, "7");
      run("generate", "--learn", trace, "--profile", profile, "--frames", "9k", "-o", store);
    }

    private static void run(Object... command) {
      Result result = CliRunner.run(command);
      if (result.exit() != ExitCode.OK) {
        System.out.println(result.err());
        System.exit(result.exit());
      }
    }
  }

  @Test
  void noCommandLoadsSparkScalaOrAFileSystemOfHadoops() throws Exception {
    Path log = folder.resolve("loaded");
    Path out = folder.resolve("out");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load=info:file=" + log + "::filecount=0",
                "-Dsample.traces=" + SampleTraces.ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                Commands.class.getName(),
                SampleTraces.ROOT.resolve("rseq/perf.data").toString(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(java.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(java.exitValue()).as(Files.readString(out)).isZero();

    Set<String> loaded = loaded(log);

    assertThat(loaded)
        .contains(
            ReportCommand.class.getName(),
            "org.sysretreplay.analytics.verdict.Verdicts",
            "org.sysretreplay.ingest.store.TraceStore",
            "org.apache.parquet.hadoop.ParquetFileReader")
        .noneMatch(it -> it.startsWith("org.apache.spark."))
        .noneMatch(it -> it.startsWith("scala."))
        .noneMatch(it -> it.startsWith("org.sysretreplay.spark."))
        .doesNotContain("org.apache.hadoop.conf.Configuration", "org.apache.hadoop.fs.FileSystem");
  }

  /** The names of loaded classes in a JVM's log. */
  private static Set<String> loaded(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(it -> it.contains(" source: "))
          .map(it -> it.substring(it.lastIndexOf("] ", it.indexOf(" source: ")) + 2))
          .map(it -> it.substring(0, it.indexOf(' ')))
          .collect(Collectors.toSet());
    }
  }
}
