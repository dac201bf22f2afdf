package org.sysretreplay.analytics.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.RejectSummary;
import org.sysretreplay.analytics.report.Comparison;
import org.sysretreplay.ingest.source.TraceInputs.PassedOver;
import org.sysretreplay.ingest.source.TraceInputs.Why;
import org.sysretreplay.ingest.trace.Counts;

/** Everything that goes to standard error, one sentence a line. */
final class Messages {

  private static final String PREFIX = "sysret-replay: ";

  private final PrintWriter err;
  private final boolean quiet;

  Messages(PrintWriter err) {
    this(err, false);
  }

  private Messages(PrintWriter err, boolean quiet) {
    this.err = err;
    this.quiet = quiet;
  }

  /** The same without notes, where they are not wanted. */
  Messages unless(boolean notWanted) {
    return new Messages(err, notWanted);
  }

  void error(String sentence) {
    err.println(PREFIX + sentence);
  }

  void note(String sentence) {
    if (!quiet) {
      err.println(PREFIX + sentence);
    }
  }

  void bug(Exception e) {
    error("this is a bug in sysret-replay; please report it with the lines below.");
    e.printStackTrace(err);
  }

  /** What a folder scan left out, a sentence for each reason. */
  void passedOver(List<PassedOver> entries) {
    Map<Why, List<PassedOver>> byReason =
        entries.stream()
            .collect(groupingBy(PassedOver::why, () -> new EnumMap<>(Why.class), toList()));
    byReason.forEach(
        (why, of) -> {
          String more = of.size() == 1 ? "" : " and %d more".formatted(of.size() - 1);
          note("passed over %s%s (%s).".formatted(of.get(0).path(), more, why.sentence()));
        });
  }

  /**
   * What a user should know of the input.
   *
   * @param quiet only what explains an error
   */
  void input(Intake intake, boolean quiet) {
    if (!quiet || intake.nothingAccepted()) {
      rejects(intake.rejects());
    }
    noExits(intake.counts());
    intake.empty().forEach(this::noSample);
    if (!quiet) {
      lost(intake.counts());
    }
  }

  /** Says that a recording is no recording of anything. */
  void noSample(String source) {
    error(
        source
            + ": there is not one sample in it; record again while something runs, with"
            + " raw_syscalls:sys_exit among the events.");
  }

  /** Says so where nothing was wrong with the records, and none was a return to user space. */
  void noExits(Counts counts) {
    if (counts.nothingAccepted() && counts.rejected() == 0) {
      note(
          ("none of the %,d records is a return to user space; record raw_syscalls:sys_exit,"
                  + " exceptions:* or irq_vectors:*_exit.")
              .formatted(counts.seen()));
    }
  }

  /** Why records were rejected: the first of each reason, and how many more there are. */
  private void rejects(RejectSummary rejects) {
    rejects
        .entries()
        .forEach(
            (reason, entry) -> {
              String more =
                  entry.count() == 1 ? "" : " %,d more like it.".formatted(entry.count() - 1);
              note(entry.first().sentence() + more);
            });
  }

  /** What the gate of a comparison could not judge, and what it fails for. */
  void gate(Comparison comparison, BigDecimal allowedFall, boolean quiet) {
    List<String> unjudged = comparison.unjudged();
    if (!quiet && !unjudged.isEmpty()) {
      note(
          "--fail-below cannot judge what has exits on one side only: %s."
              .formatted(String.join(", ", unjudged)));
    }
    for (Comparison.Regression it : comparison.regressions()) {
      error(
          "gate failed: %s; --fail-below allows %s."
              .formatted(it.sentence(), allowedFall.toPlainString()));
    }
  }

  /** Says so where the recorder lost samples. */
  void lost(Counts counts) {
    if (counts.lost() > 0) {
      note(
          ("the recorder lost %,d samples, so every count is too low; record with larger buffers"
                  + " (perf record -m 4096).")
              .formatted(counts.lost()));
    }
  }
}
