package org.sysretreplay.analytics.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the program finds around itself where it starts another one.
 *
 * @param path the folders of programs, in the order in which they are searched
 * @param tracing where the kernel's events may be found, in the order of preference
 * @param root the folder that holds {@code proc} and {@code sys}
 * @param launcher how the user called the program
 * @param locale the user's {@code LC_ALL}, empty where there was none; nothing where the
 *     environment of this process is the user's own
 */
record Surroundings(
    List<Path> path, List<Path> tracing, Path root, String launcher, Optional<String> locale) {

  private static final String LAUNCHER = "sysret-replay.launcher";
  private static final String LOCALE = "sysret-replay.lc-all";
  private static final String LC_ALL = "LC_ALL";

  /** Those of this process; the launcher tells what Java cannot ask. */
  static Surroundings ofThisProcess() {
    return new Surroundings(
        Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"))
            .map(Path::of)
            .toList(),
        List.of(Path.of("/sys/kernel/tracing"), Path.of("/sys/kernel/debug/tracing")),
        Path.of("/"),
        System.getProperty(LAUNCHER, "sysret-replay"),
        Optional.ofNullable(System.getProperty(LOCALE)));
  }

  /** The program of that name, as a shell finds it. */
  Optional<Path> program(String name) {
    Stream<Path> candidates =
        name.contains("/")
            ? Stream.of(Path.of(name))
            : path.stream().map(folder -> folder.resolve(name));
    return candidates.filter(it -> Files.isRegularFile(it) && Files.isExecutable(it)).findFirst();
  }

  /** Gives a process that the user asked for the locale that the user has. */
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
