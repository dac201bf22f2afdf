package org.sysretreplay.analytics.report;

import java.util.EnumSet;
import java.util.Set;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;

/** What the reasons and causes of a report mean; only those that occurred. */
final class Legend {

  private final Set<MissReason> reasons = EnumSet.noneOf(MissReason.class);
  private final Set<Cause> causes = EnumSet.noneOf(Cause.class);
  private final Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);

  Legend(Report report) {
    for (Report.Row row : report.rows()) {
      reasons.addAll(row.tally().anyMisses().keySet());
      causes.addAll(row.tally().causes().keySet());
      for (Outcome outcome : Outcome.values()) {
        if (row.tally().count(outcome) > 0) {
          outcomes.add(outcome);
        }
      }
    }
  }

  void write(Page page) {
    outcomes(page);
    reasons(page);
    causes(page);
  }

  /** SYSRET and IRET speak for themselves, as long as there is nothing else. */
  private void outcomes(Page page) {
    Set<Outcome> rare = EnumSet.copyOf(outcomesThatNeedWords());
    rare.retainAll(outcomes);
    if (rare.isEmpty()) {
      return;
    }
    page.line("What the outcomes mean");
    rare.forEach(
        outcome -> {
          page.line("  " + outcome.key()).indented(4, capital(outcome.sentence()) + ".");
        });
    page.space();
  }

  static Set<Outcome> outcomesThatNeedWords() {
    return EnumSet.of(Outcome.FAST_SYSRET, Outcome.IRET_ROUTE, Outcome.ERETU);
  }

  private void reasons(Page page) {
    if (reasons.isEmpty()) {
      return;
    }
    page.line("What the checks mean");
    page.indented(
        2,
        "The kernel stops at the first check that fails; \"any\" counts a check whether or not"
            + " another failed before it.");
    for (MissReason reason : reasons) {
      page.line("  " + reason);
      page.indented(4, capital(reason.sentence()) + ". " + reason.advice());
    }
    page.space();
  }

  private void causes(Page page) {
    if (causes.isEmpty()) {
      return;
    }
    page.line("What the causes mean");
    for (Cause cause : causes) {
      page.line("  " + cause);
      page.indented(4, capital(cause.sentence()) + ". Given where " + cause.rule() + ".");
    }
    page.space();
  }

  private static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
