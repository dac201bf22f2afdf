package org.sysretreplay.analytics.cli;

import org.sysretreplay.analytics.report.LostText;
import picocli.CommandLine.Option;

/** The options of a recording of which the kernel keeps counts alone. */
final class CountOptions {

  private static final int KEYS = 16_384;

  /** The kernel takes some 60 bytes for each and processor at once; more would be gigabytes. */
  private static final int MOST_KEYS = 4_194_304;

  @Option(
      names = "--counts",
      description =
          "Have bpftrace count in the kernel, and write one line for all exits that are alike:"
              + " nothing is written meanwhile. Interrupts, and what only the order of events tells,"
              + " are not seen.")
  private boolean asked;

  @Option(
      names = "--keys",
      paramLabel = "N",
      description =
          "With --counts, room for so many lines, and to follow so many threads at a time; what"
              + " there is no room for is lost, which is told (default: "
              + KEYS
              + ").")
  private Integer keys;

  boolean isAsked() {
    return asked;
  }

  /** How many rows of exits that are alike there is room for. */
  int keys() {
    return keys == null ? KEYS : keys;
  }

  /**
   * Makes sure that what is asked goes together.
   *
   * @param compressed whether perf is to compress
   * @param sampled whether perf is to sample
   * @param inPieces whether a store is to take pieces of the recording
   * @throws UsageException where it does not
   */
  void check(boolean compressed, boolean sampled, boolean inPieces) {
    if (!asked && keys != null) {
      throw new UsageException("--keys: this is for --counts; perf's buffers are set with -m.");
    }
    if (keys != null && (keys < 1 || keys > MOST_KEYS)) {
      throw new UsageException(
          "--keys %d: give a number from 1 to %,d.".formatted(keys, MOST_KEYS));
    }
    if (asked && compressed) {
      throw new UsageException("-z: with --counts there is nothing to compress; leave it out.");
    }
    if (asked && sampled) {
      throw new UsageException(
          "--every: --counts counts every exit, and no sample leaves the kernel; leave one of the two out.");
    }
    if (asked && inPieces) {
      throw new UsageException(
          "--into: --counts has one result, at its end, and no pieces; give that to ingest then.");
    }
  }

  /**
   * Makes sure that all that is to be followed can be: what the map had no room for at the start
   * would be missing without a sign.
   *
   * @throws UsageException where there is no room
   */
  void checkRoom(RecordTarget target) {
    if (asked && target instanceof RecordTarget.Processes processes) {
      int all = processes.pids().size();
      if (all > keys()) {
        throw new UsageException(
            "--keys %d: there is no room to follow %d processes; give room for them and for what they start, such as --keys %d."
                .formatted(keys(), all, Math.min(MOST_KEYS, Math.max(KEYS, 4L * all))));
      }
    }
  }

  /** What to do about exits that there was no room for. */
  String lost() {
    String remedy =
        keys() < MOST_KEYS
            ? "count with more: --keys %d".formatted(Math.min(MOST_KEYS, 4L * keys()))
            : "count fewer processes with -p, or for a shorter time";
    return "there was no room for some exits, so %s; %s.".formatted(LostText.ALL_WRONG, remedy);
  }
}
