package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.Sentences.capital;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;

/** The terms of a comparison, which it explains as far as its text has used them. */
public final class ComparisonTerms {

  static final String HIT_RATE = "hit rate (of checked)";
  static final String SHARE = "SYSRET share (of all exits)";
  static final String NO_CAUSE = "-";

  private static final String CHANCE = "95 % interval, noise";

  /** Explains the interval of a difference to readers. */
  public static final String CHANCE_SENTENCE =
      "Where the difference lies: Newcombe's interval, which chance alone makes, and where a side has"
          + " several runs the wider of that and Welch's t over the shares of its runs. It is noise"
          + " where it holds 0. Of a sample that was judged twice it is Bonett and Price's interval. Of a comparison of equals, one in twenty shows any difference beyond"
          + " it.";

  private final Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
  private final Set<MissReason> reasons = EnumSet.noneOf(MissReason.class);
  private final Set<Cause> causes = EnumSet.noneOf(Cause.class);
  private boolean withoutCause;

  ComparisonTerms() {}

  /** The text has used an outcome. */
  void note(Outcome outcome) {
    outcomes.add(outcome);
  }

  /** The text has used the name of a cause or of a check. */
  void note(String name) {
    Stream.of(Cause.values()).filter(it -> it.name().equals(name)).forEach(causes::add);
    Stream.of(MissReason.values()).filter(it -> it.name().equals(name)).forEach(reasons::add);
  }

  /** The text has used a cause, or the sign that there is none. */
  void note(Optional<Cause> cause) {
    cause.ifPresentOrElse(causes::add, () -> withoutCause = true);
  }

  /** Explains what was used. */
  void write(Comparison comparison, Page page) {
    page.line("What the numbers mean");
    numbers(comparison, page);
    outcomes.forEach(it -> meaning(page, it.name(), capital(it.sentence()) + "."));
    reasons.forEach(it -> meaning(page, it.name(), capital(it.sentence()) + ". " + it.advice()));
    causes.forEach(
        it ->
            meaning(page, it.name(), capital(it.sentence()) + ". Given where " + it.rule() + "."));
    if (withoutCause) {
      meaning(page, NO_CAUSE, "Nothing is wrong with the registers: the way back alone decides.");
    }
    page.space();
  }

  private static void numbers(Comparison comparison, Page page) {
    meaning(
        page,
        HIT_RATE,
        OutcomeColumns.HIT_RATE_SENTENCE
            + " Models check different exits, so that a hit rate alone can mislead.");
    meaning(
        page,
        SHARE,
        OutcomeColumns.SHARE_SENTENCE + " This is the share that --fail-below looks at.");
    if (comparison.whatIf()) {
      meaning(
          page,
          "new hits, lost hits",
          "Exits that return by SYSRET in other only, and in base only, counted exit by exit.");
    }
    if (comparison.isChanceTold()) {
      meaning(page, CHANCE, CHANCE_SENTENCE);
    }
  }

  private static void meaning(Page page, String name, String sentences) {
    page.line("  " + name).indented(4, sentences);
  }
}
