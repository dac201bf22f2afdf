package org.sysretreplay.analytics.report;

import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Route;
import org.sysretreplay.emulator.Verdict;

/** What the model says, and what of it the way back has decided. */
final class OutcomeText {

  private OutcomeText() {}

  static void write(Page page, JudgedFrame judged) {
    Verdict verdict = judged.verdict();
    Outcome outcome = verdict.outcome();
    page.title("Outcome: %s, %s".formatted(outcome, outcome.sentence()));
    page.item("  ", route(judged));
    verdict.doubt().ifPresent(it -> page.item("  Doubt: ", it.sentence() + "."));
  }

  /**
   * What the frame's own kernel does.
   *
   * @param release of that kernel; empty where it is not known
   */
  static void writeOwn(Page page, JudgedFrame judged, String release) {
    Verdict verdict = judged.verdict();
    page.item(
        "  ",
        "Its own kernel%s (%s): %s%s."
            .formatted(
                release.isEmpty() ? "" : ", Linux " + release,
                judged.model().id(),
                verdict.outcome(),
                verdict.firstMiss().map(it -> " (" + it + ")").orElse("")));
  }

  private static String route(JudgedFrame judged) {
    String way =
        "The way back is %s; in %s it ".formatted(judged.frame().path().key(), judged.model().id());
    return way + reason(judged.route()) + "." + observed(judged);
  }

  private static String reason(Route route) {
    return switch (route) {
      case FAST -> "takes SYSRET at once, as no work flag is set, and no register is looked at";
      case CHECK -> "ends in the register check";
      case IRET -> "goes to IRET, whatever the registers hold";
      case ERETU -> "ends in ERETU, as every way back does under FRED";
      case COMPAT_FAST -> "is the fast return to 32-bit code, as no work flag is set";
      case COMPAT_CHECK -> "ends in a check of its own, between SYSRETL and IRET";
    };
  }

  /** The recording itself can be what decides (sheet 6.3). */
  private static String observed(JudgedFrame judged) {
    Machine machine = judged.machine();
    if (!machine.syscallWork()) {
      return "";
    }
    Machine unobserved = new Machine(false, machine.la57(), machine.xenPv());
    Route untraced = judged.model().route(judged.frame().path(), unobserved);
    return untraced == judged.route()
        ? ""
        : " Recording the syscall events leads it there: unobserved (--untraced) it "
            + reason(untraced)
            + ".";
  }
}
