package org.sysretreplay.analytics.report;

import java.util.Optional;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Outcome;

/** The section on a frame's cause: what keeps it from SYSRET, and the rule that tells. */
final class CauseText {

  private CauseText() {}

  static void write(Page page, JudgedFrame judged) {
    cause(judged)
        .ifPresentOrElse(
            it -> write(page, it, judged),
            () -> page.title("Cause: none; nothing about this frame keeps it from SYSRET."));
  }

  private static void write(Page page, Cause cause, JudgedFrame judged) {
    page.title("Cause %s%s: %s".formatted(cause, effect(judged), cause.sentence()));
    page.item("  Rule: ", cause.rule() + ".");
    if (judged.isCarriedOver()) {
      page.item(
          "  Carried over: ",
          "another kernel than the recorded one may leave such a frame as it was; it is judged as"
              + " the recorded kernel left it.");
    }
  }

  /** What the cause does to the verdict. */
  private static String effect(JudgedFrame judged) {
    if (judged.isUndone()) {
      return ", which is undone here";
    }
    return judged.bySysret() ? ", which this model lets pass" : "";
  }

  private static Optional<Cause> cause(JudgedFrame judged) {
    return judged.verdict().outcome() == Outcome.IRET_MISS
        ? Optional.of(judged.causeOfMiss())
        : judged.frame().cause();
  }
}
