package org.sysretreplay.spark.cluster;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sysretreplay.analytics.ClassArchive;
import org.sysretreplay.analytics.cli.Cli;
import org.sysretreplay.analytics.cli.Terminal;

/** Runs command lines, each in a JVM of its own, as the launcher does. */
public final class CommandLine implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final Path folder;
  private final List<String> jars;
  private final List<Running> all = new ArrayList<>();

  /**
   * @param folder where its files are, which is made and in the end deleted
   */
  public CommandLine(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder.toAbsolutePath());
    jars = ClassPath.ofCommandLine(folder.resolve("classes"));
  }

  /** Runs one command line in this process, on all cores of this machine and without Spark. */
  public static Result local(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new Cli(new PrintWriter(out), new PrintWriter(err), new Terminal(false, false))
            .run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    return new Result(exit, out.toString(), err.toString());
  }

  /** Runs one command line in this process, so that Spark's classes are loaded only once. */
  public Result runHere(String master, Object... arguments) throws IOException {
    List<Object> all = new ArrayList<>(List.of(arguments));
    Map<String, String> settings =
        Map.of(
            "spark.jars",
            String.join(",", ClassPath.ours(jars)),
            "spark.driver.host",
            "127.0.0.1",
            "spark.driver.bindAddress",
            "127.0.0.1",
            "spark.local.dir",
            Files.createDirectories(folder.resolve("here")).toString(),
            "spark.executor.extraJavaOptions",
            SparkInstallation.get().executorOptions());
    settings.forEach((key, value) -> all.addAll(List.of("--conf", key + "=" + value)));
    all.addAll(List.of("--master", master));
    return local(all.toArray());
  }

  /** The exit code and the output of a command line. */
  public record Result(int exit, String out, String err) {}

  /** A command line that may not have ended yet. */
  public final class Running {

    private final Process process;
    private final Path files;
    private final long start = System.nanoTime();
    private final CompletableFuture<Long> end;

    private Running(Process process, Path files) {
      this.process = process;
      this.files = files;
      end = process.onExit().thenApply(it -> System.nanoTime());
    }

    /** Waits for its end and returns how long it took. */
    public Duration took() {
      return Duration.ofNanos(end.join() - start);
    }

    /** The process that it runs in. */
    public ProcessHandle process() {
      return process.toHandle();
    }

    /** Does what Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** Waits for its end and returns its result. */
    public Result await() throws IOException {
      return await(LIMIT);
    }

    /** Waits for its end and returns its result. @throws AssertionError where that takes longer */
    public Result await(Duration limit) throws IOException {
      Deadline.await(
          "the end of the command line",
          limit,
          () -> process.waitFor(1, TimeUnit.SECONDS),
          this::output);
      return new Result(process.exitValue(), read("out"), read("err"));
    }

    /** Its output so far, standard output before standard error. */
    public String output() {
      try {
        return read("out") + read("err");
      } catch (IOException e) {
        return e.toString();
      }
    }

    private String read(String name) throws IOException {
      return Files.readString(files.resolve(name));
    }

    /** The folder that it runs in. */
    public Path folder() {
      return files;
    }
  }

  /** The files that command lines left in their folders for temporary files when they ended. */
  public List<Path> left() throws IOException {
    List<Path> left = new ArrayList<>();
    for (Running each : all.stream().filter(it -> !it.process().isAlive()).toList()) {
      left.addAll(Folders.files(each.folder().resolve("tmp")));
    }
    return left;
  }

  /** Runs one command line; the arguments are texts or paths. */
  public Result run(Object... arguments) throws IOException {
    return start(arguments).await();
  }

  /** Starts one command line; the arguments are texts or paths. */
  public Running start(Object... arguments) throws IOException {
    Path files = Files.createDirectories(folder.resolve("run-" + all.size()));
    Path temporary = Files.createDirectories(files.resolve("tmp"));
    List<String> command = new ArrayList<>();
    command.add(ClassArchive.java());
    command.addAll(moduleOptions());
    command.addAll(SparkInstallation.get().options());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-Dfile.encoding=UTF-8",
            "-Dlog4j2.configurationFile=classpath:sysret-replay-log4j2.properties",
            "-Djava.io.tmpdir=" + temporary,
            "-Dspark.executor.extraJavaOptions=" + SparkInstallation.get().executorOptions(),
            "-cp",
            SparkInstallation.get().classPath()
                + File.pathSeparator
                + String.join(File.pathSeparator, jars),
            "org.sysretreplay.analytics.cli.Main"));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(files.toFile())
            .redirectOutput(files.resolve("out").toFile())
            .redirectError(files.resolve("err").toFile());
    builder.environment().keySet().removeIf(it -> it.startsWith("SPARK_"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_LOCAL_DIRS", temporary.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    Running running = new Running(process, files);
    all.add(running);
    return running;
  }

  /** The launcher's options for modules, which this JVM was started with, too. */
  private static List<String> moduleOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(it -> it.matches("--(add-opens|enable-native-access)=.*|-D(jdk|io\\.netty)\\..*"))
        .toList();
  }

  @Override
  public void close() throws IOException {
    Processes.kill(all.stream().map(Running::process).filter(ProcessHandle::isAlive).toList());
    Folders.delete(folder);
  }
}
