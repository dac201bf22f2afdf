package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.ingest.trace.Counts;

/** Describes what became of an input's records, and what to do about missing ones. */
public final class IntakeText {

  private IntakeText() {}

  /** Writes which traces no model judged; nothing if all were judged. */
  static void writeLeftOut(Page page, Collection<String> traceIds) {
    if (!traceIds.isEmpty()) {
      page.indented(2, leftOut(traceIds));
    }
  }

  /**
   * Writes the intake as paragraphs.
   *
   * @param name what to call the input, for example {@code Input}
   */
  static void write(Page page, String name, Intake intake) {
    page.paragraph(counts(name, intake));
    remarks(intake).forEach(it -> page.indented(2, it));
  }

  /**
   * What became of the records, as a sentence.
   *
   * @param name what to call the input, for example {@code Input}
   */
  public static String counts(String name, Intake intake) {
    Counts counts = intake.counts();
    return "%s: %s records seen = %s %s + %s rejected + %s ignored (events that are no return to user space); %s lost."
        .formatted(
            name,
            number(counts.seen()),
            number(counts.accepted()),
            counts.isCounted() ? "accepted" : "exits",
            number(counts.rejected()),
            number(counts.ignored()),
            number(counts.lost()));
  }

  /** Remarks on records that were rejected, refused or lost, or that stand for several exits. */
  public static List<String> remarks(Intake intake) {
    Counts counts = intake.counts();
    List<String> remarks = new ArrayList<>();
    intake
        .rejects()
        .entries()
        .forEach(
            (reason, entry) ->
                remarks.add(
                    "Rejected %s: %s; %s."
                        .formatted(number(entry.count()), reason.sentence(), reason.remedy())));
    if (counts.isCounted()) {
      remarks.add(
          "Counted where they were recorded: %s records stand for %s exits; nothing tells the order of exits that were counted together."
              .formatted(number(counts.accepted()), number(counts.exits())));
    }
    remarks.addAll(SampledText.remarks(intake));
    intake.refused().values().forEach(it -> remarks.add("Refused, not counted: " + it));
    if (counts.lost() > 0) {
      remarks.add(
          "Lost: %s; %s."
              .formatted(
                  LostText.effect("every count is too low", counts), LostText.remedy(counts)));
    }
    return remarks;
  }

  /** Which traces no model judged, as a sentence. */
  public static String leftOut(Collection<String> traceIds) {
    return "Left out, not counted, since their kernel is not known or its model cannot judge here: %s; --model ID judges them."
        .formatted(String.join(", ", traceIds));
  }
}
