package org.sysretreplay.analytics.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The environment of this process, as far as it matters for starting another program.
 *
 * @param path the folders of {@code PATH}, in the order in which they are searched
 * @param tracing where the kernel's events may be found, in the order of preference
 * @param root the folder that holds {@code proc} and {@code sys}
 * @param launcher how the user called this program
 * @param locale the user's {@code LC_ALL}, an empty text if it was not set; absent if the launcher
 *     did not change it
 */
record Surroundings(
    List<Path> path, List<Path> tracing, Path root, String launcher, Optional<String> locale) {

  private static final String LAUNCHER = "sysret-replay.launcher";
  private static final String LOCALE = "sysret-replay.lc-all";
  private static final String LC_ALL = "LC_ALL";
  private static final String PERF_EXEC_PATH = "PERF_EXEC_PATH";

  /** The environment of this process; the launcher passes on what Java cannot find out. */
  static Surroundings ofThisProcess() {
    return new Surroundings(
        ownPath(),
        List.of(Path.of("/sys/kernel/tracing"), Path.of("/sys/kernel/debug/tracing")),
        Path.of("/"),
        System.getProperty(LAUNCHER, "sysret-replay"),
        Optional.ofNullable(System.getProperty(LOCALE)));
  }

  private static List<Path> ownPath() {
    return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"))
        .map(Path::of)
        .toList();
  }

  /** The program with this name, as a shell finds it. */
  Optional<Path> program(String name) {
    Stream<Path> candidates =
        name.contains("/")
            ? Stream.of(Path.of(name))
            : path.stream().map(folder -> folder.resolve(name));
    return candidates.filter(it -> Files.isRegularFile(it) && Files.isExecutable(it)).findFirst();
  }

  /**
   * How to name perf when it is started. Commands that it records are looked for in its own folders
   * before those of {@code PATH}: beside itself if it is named by its path, and where {@code
   * PERF_EXEC_PATH} says (perf's tools/lib/subcmd/exec-cmd.c, setup_path). By its name alone, and
   * with the first folder of {@code PATH}, it finds what a shell finds, and so do the commands.
   */
  String wordOf(Path perf) {
    return path.equals(ownPath()) ? perf.getFileName().toString() : perf.toString();
  }

  /** Has perf look for commands where a shell does; see {@link #wordOf}. */
  void keepPath(Map<String, String> environment) {
    if (environment.getOrDefault(PERF_EXEC_PATH, "").isEmpty()) {
      environment.put(PERF_EXEC_PATH, path.get(0).toAbsolutePath().toString());
    }
  }

  /** Sets the user's own locale in the environment of a process to start. */
  void restoreLocale(Map<String, String> environment) {
    locale.ifPresent(
        it -> {
          if (it.isEmpty()) {
            environment.remove(LC_ALL);
          } else {
            environment.put(LC_ALL, it);
          }
        });
  }
}
