package org.sysretreplay.spark.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Jars;

/** The class path of the tests, taken apart. */
public final class ClassPath {

  /** Libraries for the tests alone. */
  private static final Pattern TESTS =
      Pattern.compile(
          "/(org/junit|org/assertj|org/opentest4j|org/apiguardian|com/tngtech|org/seleniumhq|org/duckdb|net/jqwik"
              + "|net/bytebuddy|com/networknt|org/apache/maven|org/openjdk/jmh)/"
              + "|/test-classes/?$|-tests\\.jar$");

  /** Libraries that the command line needs, or the published jar holds, and Spark lacks. */
  private static final Pattern COMMAND_LINE =
      Pattern.compile(
          "/(info/picocli|me/tongfei|org/jline|com/github/freva|commons-csv|commons-pool|org/slf4j/slf4j-nop"
              + "|com/samskivert|org/webjars|org/jetbrains|io/github/microutils)/"
              + "|/org/apache/commons/commons-(csv|statistics|numbers)");

  private static final Pattern OURS_PACKED =
      Pattern.compile("/(replay-emulator|ingest|analytics|analytics-spark)-[^/]*\\.jar$");

  private static final Pattern OURS = Pattern.compile("/target/classes$|" + OURS_PACKED);

  private ClassPath() {}

  private static List<Path> all() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .filter(it -> !TESTS.matcher(it.toString()).find())
        .toList();
  }

  /** The jars that Spark itself brings: what is in {@code jars} of every Spark. */
  public static List<Path> ofSpark() {
    return all().stream().filter(ClassPath::isSparks).toList();
  }

  private static boolean isSparks(Path library) {
    return !OURS.matcher(library.toString()).find()
        && !COMMAND_LINE.matcher(library.toString()).find();
  }

  /**
   * What the launcher has on its class path besides Spark. Folders of classes become jars, as in a
   * package, because Spark sends only jars to its executors.
   */
  static List<String> ofCommandLine(Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    for (Path each : all().stream().filter(it -> !isSparks(it)).toList()) {
      Path jar =
          Files.isDirectory(each)
              ? Jars.pack(each, folder.resolve("analytics-spark-%d.jar".formatted(jars.size())))
              : each;
      jars.add(jar.toString());
    }
    return jars;
  }

  /** The jars of this project on a class path. */
  static List<String> ours(List<String> jars) {
    return jars.stream().filter(it -> OURS_PACKED.matcher(it).find()).toList();
  }
}
