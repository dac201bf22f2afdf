package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.sysretreplay.ingest.sample.RecordedEvent;
import org.sysretreplay.ingest.trace.RejectReason;

/**
 * The perf of this machine.
 *
 * @param program perf itself
 * @param events what its kernel can record, in the order of the constants
 */
record Perf(Path program, Set<RecordedEvent> events, Surroundings surroundings) {

  /** How long perf may take to end its command and to finish its file. */
  private static final long PATIENCE_SECONDS = 10;

  /**
   * Finds perf, and what it can record here.
   *
   * @throws UsageException where there is none, or where nothing would come of recording
   */
  static Perf find(Surroundings surroundings) {
    Path program =
        surroundings
            .program("perf")
            .orElseThrow(
                () ->
                    new UsageException(
                        "perf is not on the PATH; install it (the package is linux-perf or"
                            + " linux-tools)."));
    return new Perf(program, eventsIn(tracing(surroundings.tracing())), surroundings);
  }

  private static Path tracing(List<Path> candidates) {
    return candidates.stream()
        .filter(it -> Files.isDirectory(it.resolve("events")))
        .findFirst()
        .orElseThrow(() -> noEvents(candidates));
  }

  private static UsageException noEvents(List<Path> candidates) {
    return candidates.stream()
        .filter(it -> Files.isDirectory(it) && !Files.isExecutable(it))
        .findFirst()
        .map(Perf::unreadable)
        .orElseGet(
            () ->
                new UsageException(
                    "%s: the kernel's events are not there; run: mount -t tracefs nodev %s."
                        .formatted(candidates.get(0), candidates.get(0))));
  }

  private static UsageException unreadable(Path path) {
    return new UsageException(
        path + ": you may not read it, and the kernel's events are there; run as root.");
  }

  private static Set<RecordedEvent> eventsIn(Path tracing) {
    Set<RecordedEvent> found = EnumSet.noneOf(RecordedEvent.class);
    for (RecordedEvent event : RecordedEvent.values()) {
      Path folder = tracing.resolve("events").resolve(event.event().replace(':', '/'));
      if (Files.isDirectory(folder)) {
        checkReadable(folder.resolve("id"));
        found.add(event);
      } else if (event.isNeeded()) {
        throw new UsageException(
            "this kernel has no %s, without which there is little to replay; record on one with CONFIG_FTRACE_SYSCALLS."
                .formatted(event.event()));
      }
    }
    return found;
  }

  /** The number by which perf asks for an event: newer kernels give it to root only. */
  private static void checkReadable(Path id) {
    if (Files.exists(id) && !Files.isReadable(id)) {
      throw unreadable(id);
    }
  }

  /** What this kernel has not. */
  List<RecordedEvent> missing() {
    return Stream.of(RecordedEvent.values()).filter(it -> !events.contains(it)).toList();
  }

  /**
   * How much perf writes and for how long.
   *
   * @param pages the pages of each of perf's buffers
   * @param compressed whether perf compresses what it writes
   * @param nanos after how long it ends, in nanoseconds; empty where it does not by itself
   * @param every one event of so many is written, of each by itself; 1 for all of them
   */
  record Amount(int pages, boolean compressed, OptionalLong nanos, long every) {

    /** Whether it leaves events out. */
    boolean isSampled() {
      return every > 1;
    }

    /** Whether it writes an event at all. */
    boolean records(RecordedEvent event) {
      return !isSampled() || event.isJudgedAlone();
    }
  }

  /** Whether it can compress: builds differ. */
  boolean canCompress() {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "version", "--build-options")
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String options = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return options.lines().anyMatch(it -> it.matches(".*\\bzstd: *\\[ *on *\\].*"));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Records until what is recorded ends, its time is over, or this process is told to stop.
   *
   * @throws UsageException where perf cannot be started
   */
  RecorderEnd record(Path file, Amount amount, RecordTarget target) throws InterruptedException {
    Process process = Programs.start(builder(commandLine(file, amount, target), target));
    AtomicBoolean told = new AtomicBoolean();
    StopSignals signals = stopping(process, told);
    try (ProcessGuard guard = ProcessGuard.of(process, surroundings.root())) {
      process.onExit().thenRun(guard::close);
      if (amount.nanos().isPresent()
          && !process.waitFor(amount.nanos().getAsLong(), TimeUnit.NANOSECONDS)) {
        told.set(true);
        end(process);
      }
      return new RecorderEnd(process.waitFor(), told.get());
    } finally {
      signals.release();
    }
  }

  /**
   * Tells perf to end when this process is told to stop. perf takes TERM as it takes Ctrl-C, and
   * both as one.
   *
   * @param told is then set
   */
  static StopSignals stopping(Process perf, AtomicBoolean told) {
    return new StopSignals(
        () -> {
          told.set(true);
          perf.destroy();
        });
  }

  /** Ends perf, which waits for its command: one that does not heed TERM is killed. */
  static void end(Process perf) throws InterruptedException {
    perf.destroy();
    if (!perf.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      perf.descendants().forEach(ProcessHandle::destroyForcibly);
    }
  }

  /**
   * A process with the user's own input, output and locale. A command that perf starts has to see
   * the end of its terminal, and so perf does.
   */
  ProcessBuilder builder(List<String> commandLine, RecordTarget target) {
    ProcessBuilder builder =
        new ProcessBuilder(
                target instanceof RecordTarget.Running
                    ? Programs.beyondTerminal(commandLine)
                    : commandLine)
            .inheritIO();
    surroundings.restoreLocale(builder.environment());
    surroundings.keepPath(builder.environment());
    return builder;
  }

  /** The whole command line of {@code perf record}, of this perf and what it can record. */
  List<String> commandLine(Path file, Amount amount, RecordTarget target) {
    return commandLine(surroundings.wordOf(program), events, amount, file, target);
  }

  /** The whole command line of {@code perf record}. */
  static List<String> commandLine(
      String perf, Set<RecordedEvent> events, Amount amount, Path file, RecordTarget target) {
    List<String> all = new ArrayList<>(List.of(perf, "record"));
    events.stream()
        .filter(amount::records)
        .forEach(
            event -> {
              all.addAll(List.of("-e", event.event()));
              all.addAll(target.ofEvent());
            });
    all.add("--user-regs=" + RejectReason.REGISTERS);
    if (amount.isSampled()) {
      // Where samples show their period, the kernel writes every event (TracepointPeriod).
      all.add("--no-period");
    }
    all.addAll(List.of("-c", Long.toString(amount.every())));
    all.addAll(List.of("-m", Integer.toString(amount.pages())));
    if (amount.compressed()) {
      all.add("-z");
    }
    all.addAll(List.of("-o", file.toString()));
    all.addAll(target.ofPerf());
    return all;
  }
}
