package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.sysretreplay.ingest.trace.Counts;

/** What is said of a recording, whole or in pieces. */
final class RecordSentences {

  private static final int LAST_SIGNAL = 64;

  /**
   * perf's exit code for options and events that it does not know. It is also that of signal 1, but
   * what that ends has begun a file.
   */
  private static final int REFUSAL = 129;

  /** Buffers that are large enough for all but the busiest commands. */
  private static final long MANY_PAGES = 4096;

  private RecordSentences() {}

  /** Why there is no recording at all. */
  static UsageException nothing(int exit) {
    String what = "perf recorded nothing";
    return exit == REFUSAL
        ? new UsageException(
            "%s (exit code %d): it did not take what it was asked for, and says why above; it may be too old, so install a newer one."
                .formatted(what, exit))
        : failed(what, exit);
  }

  /** Why a recording cannot be read. */
  static UsageException unfinished(Path file, int exit) {
    return failed("perf could not finish " + file, exit);
  }

  private static UsageException failed(String what, int exit) {
    int signal = exit - RecorderEnd.SIGNAL_EXIT;
    if (isSignal(signal)) {
      return new UsageException("%s: signal %d ended it; record again.".formatted(what, signal));
    }
    return new UsageException(
        ("%s (exit code %d) and says why above; where it lacks a permission, run as root, or set"
                + " kernel.perf_event_paranoid to -1.")
            .formatted(what, exit));
  }

  /** Who ended with which exit code, where that was no end that was asked for. */
  static Optional<String> ended(RecordTarget target, RecorderEnd end) {
    if (target.isEnd(end)) {
      return Optional.empty();
    }
    int exit = end.exit();
    int signal = exit - RecorderEnd.SIGNAL_EXIT;
    return Optional.of(
        "%s ended with exit code %d%s."
            .formatted(
                target.whoEnded(), exit, isSignal(signal) ? " (signal %d)".formatted(signal) : ""));
  }

  private static boolean isSignal(int number) {
    return number > 0 && number <= LAST_SIGNAL;
  }

  /** What is in it, as the end of a sentence. */
  static String content(Counts counts) {
    String rejected = counts.rejected() == 0 ? "" : "%,d rejected, ".formatted(counts.rejected());
    return "%,d records, %,d exits, %s%,d lost."
        .formatted(counts.seen(), counts.exits(), rejected, counts.lost());
  }

  /**
   * What to do about lost samples.
   *
   * @param pages of each buffer that was too small
   */
  static String lost(int pages) {
    return "perf lost samples, so every count is too low; record with larger buffers: -m %d."
        .formatted(Math.max(MANY_PAGES, 4L * pages));
  }
}
