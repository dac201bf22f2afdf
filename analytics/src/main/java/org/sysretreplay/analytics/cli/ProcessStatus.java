package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel says of a process or of a thread (proc_pid_status(5)).
 *
 * @param lines a name, a colon and a value each; none where there is no such process
 */
record ProcessStatus(List<String> lines) {

  private static final String SELF = "self";

  public ProcessStatus {
    lines = List.copyOf(lines);
  }

  /**
   * Of a process.
   *
   * @param root the folder that holds {@code proc}
   */
  static ProcessStatus of(long pid, Path root) {
    return read(Long.toString(pid), root);
  }

  /** Of this process. */
  static ProcessStatus ofThis(Path root) {
    return read(SELF, root);
  }

  private static ProcessStatus read(String process, Path root) {
    Path file = root.resolve("proc").resolve(process).resolve("status");
    try {
      // Its name may hold any bytes.
      return new ProcessStatus(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return new ProcessStatus(List.of());
    }
  }

  /** Whether it waits until it is told to go on. */
  boolean isStopped() {
    return value("State").filter(it -> it.startsWith("T")).isPresent();
  }

  /** The process that it is a thread of. */
  Optional<Long> process() {
    return value("Tgid").map(Long::valueOf);
  }

  /** Whether it acts as root. */
  Optional<Boolean> isRoot() {
    return value("Uid").map(it -> it.split("\\s+")[1].equals("0"));
  }

  /** Which capabilities it can use, by their numbers. */
  Optional<Long> capabilities() {
    return bits("CapEff");
  }

  /** Whether it has said what it does at a signal. */
  boolean catches(int signal) {
    return bits("SigCgt").filter(it -> (it & 1L << (signal - 1)) != 0).isPresent();
  }

  private Optional<Long> bits(String name) {
    return value(name)
        .filter(it -> it.matches("[0-9a-f]{1,16}"))
        .map(it -> Long.parseUnsignedLong(it, 16));
  }

  private Optional<String> value(String name) {
    String start = name + ":";
    return lines.stream()
        .filter(it -> it.startsWith(start))
        .map(it -> it.substring(start.length()).strip())
        .findFirst();
  }
}
