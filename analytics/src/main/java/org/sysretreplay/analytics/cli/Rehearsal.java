package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Commands on Spark one after the other in one JVM, whose classes the launcher then archives: a
 * report over files alone does not meet those that read and write stores (benchmark
 * process/report-of-1e8).
 */
public final class Rehearsal {

  private Rehearsal() {}

  /** Ingests the recordings that are named, and reports over the store and the recordings. */
  public static void main(String[] recordings) throws IOException {
    Path folder = Files.createTempDirectory("rehearsal");
    try {
      String store = folder.resolve("store").toString();
      run("ingest", recordings, "--into", store);
      run("report", recordings, store, "--by", "entry,syscall", "--model", "all");
    } finally {
      delete(folder);
    }
    System.exit(ExitCode.OK);
  }

  private static void run(String command, String[] recordings, String... rest) {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of(recordings));
    line.addAll(List.of(rest));
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    new Cli(out, out, Terminal.ofThisProcess()).run(line.toArray(String[]::new));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
