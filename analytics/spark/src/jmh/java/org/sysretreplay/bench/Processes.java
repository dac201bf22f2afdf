package org.sysretreplay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whole programs, from their start to their end. */
final class Processes {

  private static final double TICKS_PER_SECOND = 100;

  private Processes() {}

  /** CPU seconds of this process and of all children that it has waited for. */
  static double cpuSeconds() throws IOException {
    String[] fields =
        Files.readString(Path.of("/proc/self/stat")).replaceFirst(".*\\) ", "").split(" ");
    long ticks = 0;
    // utime, stime, cutime and cstime (proc(5)), behind the name in parentheses and the state.
    for (int field = 11; field <= 14; field++) {
      ticks += Long.parseLong(fields[field]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Runs a program and throws its output away. */
  static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IllegalStateException(exit + " from " + command);
    }
  }

  /** Runs a program and keeps its output. */
  static void runInto(Path output, List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(process.exitValue() + " from " + command);
    }
  }

  /** A Java program of this class path, with no options but those that Spark cannot do without. */
  static List<String> java(Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of(System.getProperty("bench.java-options").trim().split("\\s+")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /** The launcher with its arguments. */
  static List<String> launcher(String... args) {
    List<String> command = new ArrayList<>(List.of(System.getProperty("bench.launcher")));
    command.addAll(List.of(args));
    return command;
  }

  /** Whether a program of that name can be run. */
  static boolean isThere(String program) {
    try {
      run(List.of("sh", "-c", "command -v " + program));
      return true;
    } catch (IOException | InterruptedException | IllegalStateException e) {
      return false;
    }
  }
}
