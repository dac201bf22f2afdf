package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.Sentences.capital;

import java.util.EnumSet;
import java.util.Set;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;

/** Explains the terms of a report: its outcomes, reasons and causes, as far as they occurred. */
final class Legend {

  /** Tells how to get the explanations, where they are left out. */
  static final String WHERE = "What the numbers, checks and causes mean: --explain-terms.";

  private final Set<MissReason> reasons = EnumSet.noneOf(MissReason.class);
  private final Set<Cause> causes = EnumSet.noneOf(Cause.class);
  private final OutcomeCounts outcomes;

  Legend(Report report) {
    for (Report.Row row : report.rows()) {
      reasons.addAll(row.tally().anyMisses().keySet());
      causes.addAll(row.tally().causes().keySet());
    }
    outcomes = OutcomeCounts.sum(report.rows().stream().map(Report.Row::tally).toList());
  }

  void write(Page page) {
    outcomes(page);
    reasons(page);
    causes(page);
  }

  /** SYSRET and IRET need no explanation as long as there is no other outcome. */
  private void outcomes(Page page) {
    page.line("What the numbers mean");
    if (!OutcomeColumns.allChecked(outcomes)) {
      for (Outcome outcome : OutcomeColumns.shown(outcomes)) {
        page.line("  " + outcome.name()).indented(4, capital(outcome.sentence()) + ".");
      }
    }
    page.line("  hit rate").indented(4, OutcomeColumns.HIT_RATE_SENTENCE);
    page.line("  SYSRET share").indented(4, OutcomeColumns.SHARE_SENTENCE);
  }

  private void reasons(Page page) {
    if (reasons.isEmpty()) {
      return;
    }
    page.title("What the checks mean");
    page.indented(
        2,
        "The kernel stops at the first check that fails; \"any\" counts a check whether or not"
            + " another failed before it.");
    for (MissReason reason : reasons) {
      page.line("  " + reason);
      page.indented(4, capital(reason.sentence()) + ". " + reason.advice());
    }
  }

  private void causes(Page page) {
    if (causes.isEmpty()) {
      return;
    }
    page.title("What the causes mean");
    for (Cause cause : causes) {
      page.line("  " + cause);
      page.indented(4, capital(cause.sentence()) + ". Given where " + cause.rule() + ".");
    }
  }
}
