package org.sysretreplay.analytics.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Commands on Spark one after the other in one JVM, whose classes the launcher then archives: a
 * report over files alone does not meet those that read and write stores (benchmark
 * process/report-of-1e8).
 */
public final class Rehearsal {

  private Rehearsal() {}

  /**
   * Ingests a recording and reports over the store and the recording.
   *
   * @param arguments the recording, and a folder for the store, which need not exist yet
   */
  public static void main(String[] arguments) {
    String recording = arguments[0];
    String store = arguments[1];
    run("ingest", recording, "--into", store);
    run("report", recording, store, "--by", "entry,syscall", "--model", "all");
    System.exit(ExitCode.OK);
  }

  private static void run(String... line) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    new Cli(out, out, Terminal.ofThisProcess()).run(line);
  }
}
