package org.sysretreplay.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Runs a program in several JVMs at once, each of which makes identity hashes in another way. What
 * iterates over a set of enums has another order in each.
 */
public final class HashingJvms {

  /** How HotSpot makes them: at random, from a counter, by thread. */
  public static final List<Integer> WAYS = List.of(0, 3, 5);

  private HashingJvms() {}

  /** Runs a program, with these arguments for each of the {@link #WAYS}. */
  public static void run(Class<?> program, IntFunction<List<String>> arguments)
      throws IOException, InterruptedException {
    List<Process> running = new ArrayList<>();
    for (int way : WAYS) {
      running.add(start(way, program, arguments.apply(way)));
    }
    for (Process process : running) {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
  }

  private static Process start(int way, Class<?> program, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UnlockExperimentalVMOptions");
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.add("-XX:hashCode=" + way);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(program.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
