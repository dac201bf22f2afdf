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
  private final int width;

  Legend(Report report, int width) {
    this.width = width;
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

  void appendTo(StringBuilder out) {
    outcomes(out);
    reasons(out);
    causes(out);
  }

  /** SYSRET and IRET speak for themselves, as long as there is nothing else. */
  private void outcomes(StringBuilder out) {
    Set<Outcome> rare = EnumSet.copyOf(outcomesThatNeedWords());
    rare.retainAll(outcomes);
    if (rare.isEmpty()) {
      return;
    }
    out.append("What the outcomes mean\n");
    rare.forEach(
        outcome -> {
          out.append("  ").append(outcome.key()).append('\n');
          out.append(Wrap.text(capital(outcome.sentence()) + ".", 4, width));
        });
    out.append('\n');
  }

  static Set<Outcome> outcomesThatNeedWords() {
    return EnumSet.of(Outcome.FAST_SYSRET, Outcome.IRET_ROUTE, Outcome.ERETU);
  }

  private void reasons(StringBuilder out) {
    if (reasons.isEmpty()) {
      return;
    }
    out.append("What the checks mean\n");
    out.append(
        Wrap.text(
            "The kernel stops at the first check that fails; \"any\" counts a check whether or not"
                + " another failed before it.",
            2,
            width));
    for (MissReason reason : reasons) {
      out.append("  ").append(reason).append('\n');
      out.append(Wrap.text(capital(reason.sentence()) + ". " + reason.advice(), 4, width));
    }
    out.append('\n');
  }

  private void causes(StringBuilder out) {
    if (causes.isEmpty()) {
      return;
    }
    out.append("What the causes mean\n");
    for (Cause cause : causes) {
      out.append("  ").append(cause).append('\n');
      out.append(
          Wrap.text(capital(cause.sentence()) + ". Given where " + cause.rule() + ".", 4, width));
    }
    out.append('\n');
  }

  private static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
