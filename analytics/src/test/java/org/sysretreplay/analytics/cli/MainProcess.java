package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** {@link Main} in a process of its own, with a folder for temporary files of its own. */
final class MainProcess {

  private static final long LIMIT_SECONDS = 120;

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

  /**
   * Starts a command line.
   *
   * @param input standard input; null for none
   */
  static MainProcess start(Path folder, Path temporary, Path input, Object... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmn96m",
                "-XX:+UseTransparentHugePages",
                "-Xlog:pagesize=off",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
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

  /** The files left in its folder for temporary files. */
  List<String> temporaryFiles() throws IOException {
    return Folders.content(temporary);
  }
}
