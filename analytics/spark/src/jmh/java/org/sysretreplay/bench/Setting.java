package org.sysretreplay.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders and sizes of the benchmarks: system properties {@code bench.*}, set by {@code -D} on
 * Maven's command line.
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

  /** Whether a section runs, whole or in part; all run if none is named. */
  static boolean isWanted(String section) {
    return only().isEmpty()
        || only().stream().anyMatch(it -> it.equals(section) || it.startsWith(section + "/"));
  }

  /** Whether a subject is measured: it is named, or its section is. */
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

  /**
   * The launcher of another checkout that is measured against, if one is named: {@code
   * -Dbench.base=FOLDER}.
   */
  static Optional<String> base() {
    return Optional.ofNullable(System.getProperty("bench.base")).map(it -> it + "/sysret-replay");
  }

  /**
   * A store of that many frames; it is made from a profile of all sample traces if it is missing.
   */
  Path store(long frames) throws IOException, InterruptedException {
    return store(frames, "store-", System.getProperty("bench.launcher"));
  }

  /** The same frames in a store as another launcher writes it. */
  Path store(long frames, String name, String launcher) throws IOException, InterruptedException {
    Path store = folder.resolve(name + frames);
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
          List.of(
              launcher,
              "generate",
              "--profile",
              profile.toString(),
              "--frames",
              Long.toString(frames),
              "--output",
              store.toString()));
      System.out.printf(
          "generated %,d frames in %.1f s%n", frames, (System.nanoTime() - start) / 1e9);
    }
    return store;
  }

  /** A store of that many traces, each a copy of the smallest sample under its own name. */
  Path storeOfTraces(int traces) throws IOException, InterruptedException {
    Path store = folder.resolve("traces-" + traces);
    if (!Files.exists(store)) {
      Path copies = Files.createDirectories(folder.resolve("copies-" + traces));
      for (int i = 0; i < traces; i++) {
        Path copy = copies.resolve("host-" + i + ".perf.data");
        Files.deleteIfExists(copy);
        Files.createLink(copy, smallestSample(copies));
      }
      Processes.run(
          Processes.launcher("ingest", copies.toString(), "--quiet", "--into", store.toString()));
    }
    return store;
  }

  private Path smallestSample(Path besides) throws IOException {
    Path copy = besides.resolveSibling("smallest");
    if (!Files.exists(copy)) {
      Files.copy(samples.resolve("vsyscall/perf.data"), copy);
    }
    return copy;
  }

  /**
   * A recording of mixed work, made if it is missing; each of {@code times} is about 150,000
   * frames.
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

  /** The same work recorded with the ends of system calls only, about 150,000 frames each time. */
  Path exitsOnly(int times) throws IOException, InterruptedException {
    Path file = folder.resolve("exits-" + times + ".perf.data");
    if (!Files.exists(file)) {
      recording(1);
      Processes.run(
          List.of(
              "perf",
              "record",
              "-q",
              "-e",
              "raw_syscalls:sys_exit",
              "--user-regs=ip,flags,cx,r11,cs,ss,sp,ax",
              "-c",
              "1",
              "-m",
              "1024",
              "-o",
              file.toString(),
              "--",
              "sh",
              folder.resolve("mixed.sh").toString(),
              Integer.toString(times),
              samples.toString()));
    }
    return file;
  }

  /** The size in bytes of a file, or of all files of a folder. */
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
