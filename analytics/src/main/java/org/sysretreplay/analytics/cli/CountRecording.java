package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.sysretreplay.analytics.bpf.Followed;
import org.sysretreplay.analytics.bpf.KernelCounts;

/**
 * Counts the exits of a target in the kernel, until it ends, its time is over, or this process is
 * told to stop.
 *
 * @param keys how many rows of exits that are alike there is room for
 * @param nanos after how long it ends, in nanoseconds; empty where it does not by itself
 */
record CountRecording(Bpftrace bpftrace, int keys, OptionalLong nanos) {

  /** Waits in front of a command until everything counts. */
  private static final String WAIT = "kill -STOP $$; exec \"$@\"";

  /** How long a command may take to end. */
  private static final long PATIENCE_SECONDS = 10;

  /** How often is looked whether a command waits already. */
  private static final long LOOK_MILLIS = 5;

  /**
   * What became of it.
   *
   * @param exit the command's own exit code; 0 where there is none
   */
  record Result(KernelCounts counts, int exit) {}

  /**
   * Counts, and returns at the end.
   *
   * @param begun is done once every exit of what runs already is counted
   */
  Result record(RecordTarget target, Runnable begun) throws InterruptedException {
    if (target instanceof RecordTarget.Command command) {
      return record(command);
    }
    Followed followed =
        target instanceof RecordTarget.Processes processes
            ? new Followed.Running(processes.wholeProcesses(bpftrace.surroundings().root()))
            : new Followed.Everything();
    CountDownLatch end = new CountDownLatch(1);
    StopSignals signals = new StopSignals(end::countDown);
    try {
      Bpftrace.Counting counting = count(followed, () -> end.getCount() == 0);
      counting.onEnd(end::countDown);
      begun.run();
      if (target instanceof RecordTarget.Processes processes) {
        onLastEnd(processes.pids(), end);
      }
      await(end);
      return new Result(counting.end(), 0);
    } finally {
      signals.release();
    }
  }

  private void await(CountDownLatch end) throws InterruptedException {
    if (nanos.isPresent()) {
      end.await(nanos.getAsLong(), TimeUnit.NANOSECONDS);
    } else {
      end.await();
    }
  }

  private static void onLastEnd(List<Long> pids, CountDownLatch end) {
    CountDownLatch left = new CountDownLatch(pids.size());
    for (long pid : pids) {
      ProcessHandle.of(pid)
          .ifPresentOrElse(it -> it.onExit().thenRun(left::countDown), left::countDown);
    }
    Thread watch =
        new Thread(
            () -> {
              try {
                left.await();
                end.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "ends-with-the-last-process");
    watch.setDaemon(true);
    watch.start();
  }

  private Result record(RecordTarget.Command command) throws InterruptedException {
    Process process = start(command.words());
    AtomicBoolean told = new AtomicBoolean();
    // Ctrl-C reaches the command itself; TERM is passed on, as perf does.
    StopSignals signals =
        new StopSignals(
            () -> {
              told.set(true);
              process.destroy();
            });
    try {
      Bpftrace.Counting counting = counting(process, told::get);
      if (nanos.isPresent() && !process.waitFor(nanos.getAsLong(), TimeUnit.NANOSECONDS)) {
        KernelCounts counts = counting.end();
        end(process);
        return new Result(counts, process.exitValue());
      }
      int exit = process.waitFor();
      return new Result(counting.end(), exit);
    } finally {
      process.destroyForcibly();
      signals.release();
    }
  }

  /** Counts, and lets the command begin. Until then it ends with this process. */
  @SuppressWarnings("try")
  private Bpftrace.Counting counting(Process process, BooleanSupplier told)
      throws InterruptedException {
    try (ProcessGuard guard = ProcessGuard.of(process, bpftrace.surroundings().root())) {
      Bpftrace.Counting counting = count(new Followed.Starting(process.pid()), told);
      goOn(process);
      return counting;
    }
  }

  /**
   * Begins to count.
   *
   * @param told whether this process was told to stop: then bpftrace was too, and is not to blame
   */
  private Bpftrace.Counting count(Followed followed, BooleanSupplier told)
      throws InterruptedException {
    try {
      return bpftrace.count(followed, keys);
    } catch (UsageException e) {
      throw told.getAsBoolean()
          ? new UsageException("told to stop before anything was counted; nothing is written.", e)
          : e;
    }
  }

  /** Ends a command, by force if it takes no notice. */
  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  /** Starts a command as far as its first program, which is a shell that waits. */
  private Process start(List<String> words) {
    List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", WAIT, "sh"));
    line.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
    bpftrace.surroundings().restoreLocale(builder.environment());
    return Programs.start(builder);
  }

  private void goOn(Process process) throws InterruptedException {
    Path root = bpftrace.surroundings().root();
    while (process.isAlive() && !ProcessStatus.of(process.pid(), root).isStopped()) {
      Thread.sleep(LOOK_MILLIS);
    }
    Programs.start(new ProcessBuilder("/bin/sh", "-c", "kill -CONT " + process.pid())).waitFor();
  }
}
