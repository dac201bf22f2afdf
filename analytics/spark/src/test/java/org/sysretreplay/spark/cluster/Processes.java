package org.sysretreplay.spark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Processes that the tests started, each known by its own handle. */
final class Processes {

  private static final Duration END = Duration.ofSeconds(20);

  private Processes() {}

  /** The process and all that it started and that still run. */
  static List<ProcessHandle> tree(ProcessHandle root) {
    List<ProcessHandle> tree = new ArrayList<>(List.of(root));
    root.descendants().forEach(tree::add);
    return tree;
  }

  /** Ends them at once (SIGKILL), and returns when they have ended. */
  static void kill(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    awaitEnd(processes, END);
  }

  /** Asks them to end (SIGTERM), ends those that do not, and returns when all have ended. */
  static void end(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroy);
    try {
      awaitEnd(processes, END);
    } catch (AssertionError e) {
      kill(processes);
    }
  }

  private static void awaitEnd(List<ProcessHandle> processes, Duration limit) {
    Deadline.await(
        "the end of " + processes,
        limit,
        () -> processes.stream().noneMatch(Processes::runs),
        () -> "");
  }

  /** A process whose parent has not asked for its end yet has ended all the same. */
  private static boolean runs(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      String text = Files.readString(stat);
      return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return process.isAlive();
    }
  }

  /** Whether a process has the file open; false where that cannot be seen. */
  static boolean hasOpen(ProcessHandle process, Path file) {
    Path open = Path.of("/proc", Long.toString(process.pid()), "fd");
    try (Stream<Path> descriptors = Files.list(open)) {
      return descriptors.anyMatch(it -> isLinkTo(it, file));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isLinkTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException e) {
      // It was closed meanwhile.
      return false;
    }
  }
}
