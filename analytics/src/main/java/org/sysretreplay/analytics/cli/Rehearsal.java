package org.sysretreplay.analytics.cli;

import java.util.Arrays;

/**
 * Runs typical commands in one JVM, so that the launcher can archive the classes they load. A
 * report over files alone would not load the classes that read and write stores (benchmark
 * process/report-of-1e8).
 */
public final class Rehearsal {

  private Rehearsal() {}

  /**
   * Ingests a recording, reports on the store and the recording, as text and as JSON, and lists
   * frames of both.
   *
   * @param arguments the recording, a folder for the store, which need not exist yet, and options
   *     for all commands
   */
  public static void main(String[] arguments) {
    String recording = arguments[0];
    String store = arguments[1];
    String[] options = Arrays.copyOfRange(arguments, 2, arguments.length);
    run(options, "ingest", recording, "--into", store);
    run(options, "report", recording, store, "--by", "entry,syscall", "--model", "all");
    run(options, "report", store, "--by", "entry,syscall");
    run(options, "report", recording);
    run(options, "report", store, "--format", "json");
    run(options, "frames", recording, store, "--cause", "fault");
    System.exit(ExitCode.OK);
  }

  private static void run(String[] options, String... command) {
    String[] line = Arrays.copyOf(command, command.length + options.length);
    System.arraycopy(options, 0, line, command.length, options.length);
    Main.run(line);
  }
}
