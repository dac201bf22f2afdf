package org.sysretreplay.spark.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.sysretreplay.analytics.ClassArchive;

/**
 * Spark as somebody has unpacked it, for all processes of clusters and jobs that tests start; with
 * an archive of its classes, since most of what these do is to start.
 */
final class SparkInstallation {

  /** For processes that live some seconds. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:+UseTransparentHugePages",
          "-XX:-UsePerfData");

  private final Path home;
  private final List<String> options = new ArrayList<>(OPTIONS);

  private SparkInstallation(Path home) throws IOException, InterruptedException {
    this.home = home;
    Files.createDirectories(home.resolve("conf"));
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (Path jar : ClassPath.ofSpark()) {
      Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
    }
    Files.writeString(
        home.resolve("log4j2.properties"),
        """
        rootLogger.level = warn
        rootLogger.appenderRef.err.ref = err
        appender.err.type = Console
        appender.err.name = err
        appender.err.target = SYSTEM_ERR
        appender.err.layout.type = PatternLayout
        appender.err.layout.pattern = %d{HH:mm:ss.SSS} %p %c{1}: %m%n%ex
        """);
    options.addAll(ClassArchive.of(home, rehearsal()).options());
  }

  private static final class Holder {

    static final SparkInstallation ONE;

    static {
      try {
        ONE = new SparkInstallation(ClassArchive.newFolder());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The installation, which is made when it is first asked for. */
  static SparkInstallation get() {
    return Holder.ONE;
  }

  /** The folder that SPARK_HOME names. */
  Path home() {
    return home;
  }

  /**
   * The class path of every process that Spark starts (AbstractCommandBuilder.buildClassPath): an
   * archive serves no other. The folder for settings is empty, because a JVM archives no classes of
   * a class path with folders that are not.
   */
  String classPath() {
    String slf4j =
        ClassPath.ofSpark().stream()
            .map(it -> it.getFileName().toString())
            .filter(it -> it.startsWith("slf4j-api-"))
            .findFirst()
            .orElseThrow();
    return String.join(
        File.pathSeparator, home + "/conf/", home + "/jars/" + slf4j, home + "/jars/*");
  }

  /** Options of a JVM that starts with Spark's classes in memory. */
  List<String> options() {
    return options;
  }

  /** The same for executors; those that are killed leave temporary files in their work folder. */
  String executorOptions() {
    return Stream.concat(Stream.of("-Djava.io.tmpdir=.", logOption()), options.stream())
        .map("\"%s\""::formatted)
        .collect(Collectors.joining(" "));
  }

  /** The option that names the settings of the log. */
  String logOption() {
    return "-Dlog4j2.configurationFile=" + home.resolve("log4j2.properties");
  }

  /**
   * A job that loads what all of Spark's processes load. Classes of SQL, too, would make an archive
   * that takes more time than it saves.
   */
  private List<String> rehearsal() throws IOException {
    List<String> command = new ArrayList<>(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(OPTIONS);
    command.addAll(
        List.of(
            "-Xmx512m",
            logOption(),
            "-cp",
            classPath(),
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            "local[1]",
            "--conf",
            "spark.ui.enabled=false",
            "--conf",
            "spark.driver.host=127.0.0.1",
            "--conf",
            "spark.driver.bindAddress=127.0.0.1",
            "--class",
            RehearsalJob.class.getName(),
            Jobs.jarOf(RehearsalJob.class, home.resolve("rehearsal.jar")).toString()));
    return command;
  }
}
