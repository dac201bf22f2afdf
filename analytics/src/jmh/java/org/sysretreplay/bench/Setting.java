package org.sysretreplay.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where and how large the benchmarks are: system properties {@code bench.*}, which {@code -D} on
 * Maven's command line sets.
 *
 * @param folder where data is made, and kept for the next time
 * @param samples the sample traces
 * @param threads of every contestant
 */
record Setting(Path folder, Path samples, int threads, int pairs) {

  static Setting ofProperties() {
    return new Setting(
        Path.of(System.getProperty("bench.folder")),
        Path.of(System.getProperty("sample.traces")),
        Integer.getInteger("bench.threads", 2),
        Integer.getInteger("bench.pairs", 7));
  }

  /** Which sections run, whole or in part; all where none is named. */
  static boolean isWanted(String section) {
    return only().isEmpty()
        || only().stream().anyMatch(it -> it.equals(section) || it.startsWith(section + "/"));
  }

  /** Which subjects of a section are measured: those that are named, or whose section is. */
  static boolean isMeasured(String subject) {
    String section = subject.substring(0, subject.indexOf('/'));
    return only().isEmpty() || only().contains(section) || only().contains(subject);
  }

  private static List<String> only() {
    return Stream.of(System.getProperty("bench.only", "").split(","))
        .filter(it -> !it.isBlank())
        .toList();
  }

  /** A number that is written as 60000000, 60_000_000 or 6e7. */
  static long number(String property, String usual) {
    String text = System.getProperty(property, usual).replace("_", "");
    return Math.round(Double.parseDouble(text));
  }

  String master() {
    return "local[" + threads + "]";
  }

  /** A store of so many frames, made from a profile of all sample traces where it is not there. */
  Path store(long frames) throws IOException, InterruptedException {
    Path store = folder.resolve("store-" + frames);
    if (!Files.exists(store)) {
      Path profile = folder.resolve("profile.json");
      Files.createDirectories(folder);
      if (!Files.exists(profile)) {
        Processes.run(
            Processes.launcher(
                "generate", "--learn", samples.toString(), "--profile", profile.toString()));
      }
      long start = System.nanoTime();
      Processes.run(
          Processes.launcher(
              "generate",
              "--profile",
              profile.toString(),
              "--frames",
              Long.toString(frames),
              "--output",
              store.toString(),
              "--master",
              master()));
      System.out.printf(
          "generated %,d frames in %.1f s%n", frames, (System.nanoTime() - start) / 1e9);
    }
    return store;
  }

  /**
   * A recording of mixed work, made where it is not there: {@code times} is about 150,000 frames
   * each.
   */
  Path recording(int times) throws IOException, InterruptedException {
    Path file = folder.resolve("mixed-" + times + ".perf.data");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path script = folder.resolve("mixed.sh");
      try (InputStream text = Setting.class.getResourceAsStream("/mixed.sh")) {
        Files.write(script, text.readAllBytes());
      }
      Processes.run(
          Processes.launcher(
              "record",
              "-o",
              file.toString(),
              "--",
              "sh",
              script.toString(),
              Integer.toString(times),
              samples.toString()));
    }
    return file;
  }

  /** How many bytes all files of a folder have, or a file. */
  static long bytes(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      long sum = 0;
      for (Path file : all) {
        sum += Files.size(file);
      }
      return sum;
    }
  }
}
