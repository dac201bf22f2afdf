package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Classes of a program as the JVM holds them in memory. With it, processes start in half the time,
 * as the launcher's do.
 *
 * @param options of a JVM that shall use it: its class path has to begin with the one of the
 *     rehearsal
 */
public record ClassArchive(List<String> options) {

  private static final long LIMIT_SECONDS = 120;

  /** What changes a JVM or Spark from without. */
  private static final Pattern FOREIGN =
      Pattern.compile("(JAVA_TOOL|JDK_JAVA)_OPTIONS|(SPARK|HADOOP)_.*");

  /** The java of this JVM. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** A folder for one, which is deleted when this JVM ends. */
  public static Path newFolder() throws IOException {
    Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
    Path folder = Files.createTempDirectory(target, "archive-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    return folder;
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a program once, and archives the classes that it loads from jars of its class path.
   *
   * @param folder where the archive is to be
   * @param rehearsal options of the JVM, the program and its arguments; the class path may have no
   *     folders but empty ones
   */
  public static ClassArchive of(Path folder, List<String> rehearsal)
      throws IOException, InterruptedException {
    Path archive = folder.resolve("classes.jsa");
    Path output = folder.resolve("rehearsal.log");
    List<String> command =
        new ArrayList<>(
            List.of(java(), "-XX:ArchiveClassesAtExit=" + archive, "-Djava.io.tmpdir=" + folder));
    command.addAll(rehearsal);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(FOREIGN.asMatchPredicate());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("its end").isTrue();
      assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    } finally {
      process.destroyForcibly();
    }
    // A JVM without an archive of its own classes makes none, and one that cannot use it says so,
    // where tests expect a command's own words.
    return new ClassArchive(
        List.of(
            "-XX:SharedArchiveFile=" + archive,
            "-Xlog:disable",
            "-Xlog:all=error,cds*=off:stderr"));
  }
}
