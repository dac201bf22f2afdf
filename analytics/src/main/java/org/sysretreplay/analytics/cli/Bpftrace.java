package org.sysretreplay.analytics.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.sysretreplay.analytics.bpf.CountScript;
import org.sysretreplay.analytics.bpf.Followed;
import org.sysretreplay.analytics.bpf.KernelCounts;
import org.sysretreplay.analytics.bpf.KernelStack;

/**
 * The bpftrace of this machine.
 *
 * @param program bpftrace itself
 * @param sleep what it starts to know that it counts: it does so once every event is counted
 */
record Bpftrace(Path program, Path sleep, Surroundings surroundings) {

  /**
   * The first namespace of process numbers has the same number on every machine (linux/proc_ns.h).
   */
  private static final Path OF_MACHINE = Path.of("pid:[4026531836]");

  /** How many rows its map has; newer ones call the setting by the second name. */
  private static final List<String> MAP_KEYS =
      List.of("BPFTRACE_MAP_KEYS_MAX", "BPFTRACE_MAX_MAP_KEYS");

  private static final String FOR_EVER = "1000000000";

  /**
   * Finds bpftrace and what it needs.
   *
   * @throws UsageException where something is missing
   */
  static Bpftrace find(Surroundings surroundings) {
    Path program =
        surroundings
            .program("bpftrace")
            .orElseThrow(
                () ->
                    new UsageException(
                        "bpftrace is not on the PATH, which --counts needs; install it, or record"
                            + " with perf, without --counts."));
    Path sleep =
        surroundings
            .program("sleep")
            .orElseThrow(() -> new UsageException("sleep is not on the PATH; install coreutils."));
    Path types = surroundings.root().resolve("sys/kernel/btf/vmlinux");
    if (!Files.exists(types)) {
      throw new UsageException(
          types
              + ": the kernel does not tell its types (CONFIG_DEBUG_INFO_BTF), which --counts needs;"
              + " record with perf, without --counts.");
    }
    if (isContainer(surroundings.root())) {
      throw new UsageException(
          "--counts knows processes by the machine's own numbers, and here they have others, as in a"
              + " container; record from outside, or with perf, without --counts.");
    }
    // Where nothing tells, bpftrace does.
    if (!ProcessStatus.ofThis(surroundings.root()).isRoot().orElse(true)) {
      throw new UsageException(
          "--counts needs root, since bpftrace runs for nobody else; run as root, or record with"
              + " perf, without --counts.");
    }
    return new Bpftrace(program, sleep, surroundings);
  }

  /** Whether processes have other numbers here than the machine gives them. */
  private static boolean isContainer(Path root) {
    try {
      return !Files.readSymbolicLink(root.resolve("proc/self/ns/pid")).equals(OF_MACHINE);
    } catch (IOException | RuntimeException e) {
      // Where nothing tells, it is taken for the machine.
      return false;
    }
  }

  /** Its name and version, as it prints them. */
  String version() throws InterruptedException {
    Process process = start("--version");
    String version = text(process.getInputStream()).strip();
    process.waitFor();
    return version;
  }

  /**
   * Where the kernel has the registers of user space.
   *
   * @throws UsageException where that cannot be told
   */
  KernelStack stack() throws InterruptedException {
    Process process = start("-q", "-e", KernelStack.SCRIPT);
    CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> complaint(process));
    Optional<KernelStack> stack = KernelStack.in(lastLine(text(process.getInputStream())));
    process.waitFor();
    return stack.orElseThrow(() -> failed(errors.join()));
  }

  private Process start(String... options) {
    List<String> line = new ArrayList<>(List.of(program.toString()));
    line.addAll(List.of(options));
    return Programs.start(new ProcessBuilder(line));
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce("", (before, line) -> line);
  }

  /** All that it prints; nothing where that cannot be read. */
  private static String text(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /** What it complains of, but for limits that it only tried to raise. */
  private static String complaint(Process process) {
    return text(process.getErrorStream())
        .lines()
        .filter(it -> !it.contains("RLIMIT_MEMLOCK"))
        .filter(it -> it.contains("ERROR") || it.contains("FATAL"))
        .findFirst()
        .orElse("");
  }

  private UsageException failed(String complaint) {
    return new UsageException(
        "bpftrace could not count%s; record with perf, without --counts."
            .formatted(complaint.isEmpty() ? "" : " (" + complaint + ")"));
  }

  /**
   * Begins to count, and returns once every event is counted.
   *
   * @param keys how many rows of exits that are alike there is room for
   */
  Counting count(Followed followed, int keys) throws InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Programs.beyondTerminal(
                List.of(
                    program.toString(),
                    "-f",
                    "json",
                    "-e",
                    new CountScript(stack(), followed).text(),
                    "-c",
                    sleep + " " + FOR_EVER)));
    MAP_KEYS.forEach(it -> builder.environment().put(it, Integer.toString(keys)));
    Counting counting = new Counting(Programs.start(builder));
    counting.awaitStart();
    return counting;
  }

  /** A bpftrace that counts. */
  final class Counting {

    private final Process process;
    private final ProcessGuard guard;
    private final BufferedReader lines;
    private final CompletableFuture<String> complaint;

    private Counting(Process process) {
      this.process = process;
      guard = ProcessGuard.of(process, surroundings.root());
      lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1));
      complaint = CompletableFuture.supplyAsync(() -> Bpftrace.complaint(process));
    }

    private void awaitStart() {
      if (!isStarted()) {
        guard.close();
        throw failed(complaint.join());
      }
    }

    private boolean isStarted() {
      try {
        String line = lines.readLine();
        while (line != null && !line.contains(CountScript.COUNTING)) {
          line = lines.readLine();
        }
        return line != null;
      } catch (IOException e) {
        return false;
      }
    }

    /** Does something where bpftrace ends by itself, as at Ctrl-C. */
    void onEnd(Runnable action) {
      process.onExit().thenRun(action);
    }

    /**
     * Ends it, and gives what it counted.
     *
     * @throws UsageException where it did not print that
     */
    KernelCounts end() throws InterruptedException {
      CompletableFuture<List<String>> printed = CompletableFuture.supplyAsync(this::rest);
      List<ProcessHandle> commands = process.descendants().toList();
      // Process.destroy would close the stream that the counts come through.
      process.toHandle().destroy();
      // bpftrace 0.17 misses a signal that comes while it does not wait for events. Before each
      // wait it looks whether its command has ended.
      commands.forEach(ProcessHandle::destroy);
      process.waitFor();
      guard.close();
      try {
        return KernelCounts.of(printed.get());
      } catch (IOException | ExecutionException e) {
        throw new UsageException(
            "bpftrace ended without its counts (%s); record again."
                .formatted(why(e, complaint.join())),
            e);
      }
    }

    private static String why(Exception e, String complaint) {
      return complaint.isEmpty() ? e.getMessage() : complaint;
    }

    private List<String> rest() {
      List<String> all = new ArrayList<>();
      lines.lines().forEach(all::add);
      return all;
    }
  }
}
