package org.sysretreplay.analytics.report;

import java.util.Optional;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Verdict;

/** What made the frame so, and the rule that says so. */
final class CauseText {

  private CauseText() {}

  static void write(Page page, JudgedFrame judged) {
    cause(judged)
        .ifPresentOrElse(
            it -> write(page, it, judged),
            () -> page.title("Cause: none; nothing about this frame keeps it from SYSRET."));
  }

  private static void write(Page page, Cause cause, JudgedFrame judged) {
    String passed = judged.bySysret() ? ", which this model lets pass" : "";
    page.title("Cause %s%s: %s".formatted(cause, passed, cause.sentence()));
    page.item("  Rule: ", cause.rule() + ".");
  }

  private static Optional<Cause> cause(JudgedFrame judged) {
    Verdict verdict = judged.verdict();
    return verdict.outcome() == Outcome.IRET_MISS
        ? Optional.of(Cause.ofMiss(verdict, judged.frame().cause()))
        : judged.frame().cause();
  }
}
