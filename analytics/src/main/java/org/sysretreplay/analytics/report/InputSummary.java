package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.Map;
import org.sysretreplay.analytics.RejectSummary;
import org.sysretreplay.ingest.Counts;
import org.sysretreplay.ingest.RejectReason;

/** What became of the input's records, and what to do about those that are missing. */
final class InputSummary {

  private final Counts input;
  private final Map<RejectReason, RejectSummary.Entry> rejects;
  private final int width;

  InputSummary(Report report, int width) {
    input = report.input();
    rejects = report.intake().rejects().entries();
    this.width = width;
  }

  void appendTo(StringBuilder out) {
    out.append(
        Wrap.text(
            "Input: %s records seen = %s exits + %s rejected + %s ignored (events that are no return to user space); %s lost."
                .formatted(
                    number(input.seen()),
                    number(input.accepted()),
                    number(input.rejected()),
                    number(input.ignored()),
                    number(input.lost())),
            0,
            width));
    rejects.forEach(
        (reason, entry) ->
            out.append(
                Wrap.text(
                    "Rejected %s: %s; %s."
                        .formatted(number(entry.count()), reason.sentence(), reason.remedy()),
                    2,
                    width)));
    if (input.lost() > 0) {
      out.append(
          Wrap.text(
              "Lost: the recorder dropped samples, so every count is too low; record with larger"
                  + " buffers (perf record -m 4096) or fewer events.",
              2,
              width));
    }
  }
}
