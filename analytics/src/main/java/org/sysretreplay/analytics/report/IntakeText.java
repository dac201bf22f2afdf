package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import org.sysretreplay.analytics.Intake;
import org.sysretreplay.ingest.trace.Counts;

/** What became of an input's records, and what to do about those that are missing. */
final class IntakeText {

  private IntakeText() {}

  /**
   * Writes the intake as paragraphs.
   *
   * @param name which input it is, as in {@code Input}
   */
  static void write(Page page, String name, Intake intake) {
    Counts counts = intake.counts();
    page.paragraph(
        "%s: %s records seen = %s %s + %s rejected + %s ignored (events that are no return to user space); %s lost."
            .formatted(
                name,
                number(counts.seen()),
                number(counts.accepted()),
                counts.exits() > counts.accepted() ? "accepted" : "exits",
                number(counts.rejected()),
                number(counts.ignored()),
                number(counts.lost())));
    intake
        .rejects()
        .entries()
        .forEach(
            (reason, entry) ->
                page.indented(
                    2,
                    "Rejected %s: %s; %s."
                        .formatted(number(entry.count()), reason.sentence(), reason.remedy())));
    if (counts.exits() > counts.accepted()) {
      page.indented(
          2,
          "Counted where they were recorded: %s records stand for %s exits."
              .formatted(number(counts.accepted()), number(counts.exits())));
    }
    if (counts.lost() > 0) {
      page.indented(
          2,
          "Lost: the recorder dropped samples, so every count is too low; record with larger"
              + " buffers (perf record -m 4096) or fewer events.");
    }
  }
}
