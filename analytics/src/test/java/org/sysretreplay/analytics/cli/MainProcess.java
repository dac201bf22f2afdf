package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sysretreplay.analytics.ClassArchive;
import org.sysretreplay.analytics.Jars;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** {@link Main} in a process of its own, with a folder for temporary files of its own. */
final class MainProcess {

  private static final long LIMIT_SECONDS = 120;

  /** What the JVMs of all processes have in common. */
  private static final class Start {

    static final List<String> OPTIONS;
    static final ClassArchive ARCHIVE;

    static {
      try {
        Path folder = ClassArchive.newFolder();
        OPTIONS =
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmn96m",
                "-XX:+UseTransparentHugePages",
                "-XX:-UsePerfData",
                "-cp",
                String.join(File.pathSeparator, jars(folder)));
        ARCHIVE = ClassArchive.of(folder, rehearsal(folder));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** The class path without the tests' own folder; only jars can be archived. */
    private static List<String> jars(Path folder) throws IOException {
      List<String> jars = new ArrayList<>();
      for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
        Path entry = Path.of(each).toAbsolutePath();
        if (Files.isDirectory(entry) && !entry.endsWith("test-classes")) {
          jars.add(Jars.pack(entry, folder.resolve(jars.size() + ".jar")).toString());
        } else if (Files.isRegularFile(entry)) {
          jars.add(entry.toString());
        }
      }
      return jars;
    }

    private static List<String> rehearsal(Path folder) {
      List<String> rehearsal = new ArrayList<>(OPTIONS);
      rehearsal.addAll(
          List.of(
              Rehearsal.class.getName(),
              SampleTraces.ROOT.resolve("shell/perf.data").toString(),
              folder.resolve("store").toString()));
      return rehearsal;
    }
  }

  private final long start = System.nanoTime();
  private final Process process;
  private final Path out;
  private final Path err;
  private final Path temporary;

  private MainProcess(Process process, Path out, Path err, Path temporary) {
    this.process = process;
    this.out = out;
    this.err = err;
    this.temporary = temporary;
  }

  /** Starts a command line, whose outputs are files in that folder. */
  static MainProcess start(Path folder, Object... arguments) throws IOException {
    return start(folder, Files.createDirectories(folder.resolve("tmp")), null, arguments);
  }

  /** Starts a command line that finds programs on that PATH. */
  static MainProcess startOn(String path, Path folder, Object... arguments) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    return start(Map.of("PATH", path), folder, temporary, null, arguments);
  }

  /**
   * Starts a command line.
   *
   * @param input standard input; null for none
   */
  static MainProcess start(Path folder, Path temporary, Path input, Object... arguments)
      throws IOException {
    return start(Map.of(), folder, temporary, input, arguments);
  }

  private static MainProcess start(
      Map<String, String> environment, Path folder, Path temporary, Path input, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(ClassArchive.java()));
    command.addAll(Start.ARCHIVE.options());
    command.addAll(Start.OPTIONS);
    command.addAll(List.of("-Djava.io.tmpdir=" + temporary, Main.class.getName()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    if (input != null) {
      builder.redirectInput(input.toFile());
    }
    Process process = builder.start();
    if (input == null) {
      process.getOutputStream().close();
    }
    return new MainProcess(process, out, err, temporary);
  }

  /** Waits for that time, or until the process has ended. */
  void runFor(long nanos) throws InterruptedException {
    process.waitFor(nanos, TimeUnit.NANOSECONDS);
  }

  /** Ends it at once (SIGKILL). */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends a signal, unless it has ended. */
  void send(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Waits for its end, and gives its exit code and output. */
  Result await() throws IOException, InterruptedException {
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("its end").isTrue();
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Waits for its end, which has to be a success, and gives the nanoseconds since its start. */
  long time() throws IOException, InterruptedException {
    assertThat(await().exit()).isZero();
    return System.nanoTime() - start;
  }

  /** The files left in its folder for temporary files. */
  List<String> temporaryFiles() throws IOException {
    return Folders.content(temporary);
  }
}
