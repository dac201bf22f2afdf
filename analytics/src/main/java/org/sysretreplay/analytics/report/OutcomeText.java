package org.sysretreplay.analytics.report;

import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Route;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.emulator.Work;

/** The section on the outcome: the model's verdict, and how the way back led to it. */
final class OutcomeText {

  private OutcomeText() {}

  static void write(Page page, JudgedFrame judged) {
    Verdict verdict = judged.verdict();
    Outcome outcome = verdict.outcome();
    page.title("Outcome: %s, %s".formatted(outcome, outcome.sentence()));
    page.item("  ", route(judged));
    if (judged.machine().xenPv() && outcome.isBySysret()) {
      page.item(
          "  ",
          "In a Xen PV guest that is the iret hypercall with a flag: no SYSRET instruction runs, and"
              + " nothing is saved.");
    }
    verdict.doubt().ifPresent(it -> page.item("  Doubt: ", it.sentence() + "."));
  }

  /**
   * Writes the verdict of the frame's own kernel.
   *
   * @param release the release of that kernel; empty if it is not known
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
    return way + reason(judged.route(), judged.machine()) + "." + observed(judged);
  }

  private static String reason(Route route, Machine machine) {
    return switch (route) {
      case FAST ->
          "takes SYSRET at once, as %s, and no register is looked at"
              .formatted(
                  machine.work().isEmpty()
                      ? "no work flag is set"
                      : "the kernel's work comes back to the fast path");
      case CHECK -> "ends in the register check";
      case IRET -> "goes to IRET, whatever the registers hold";
      case ERETU -> "ends in ERETU, as every way back does under FRED";
      case COMPAT_FAST -> "is the fast return to 32-bit code, as no work flag keeps it from there";
      case COMPAT_CHECK -> "ends in a check of its own, between SYSRETL and IRET";
    };
  }

  /** Tells if the recording itself changed the way back (sheet 6.3). */
  private static String observed(JudgedFrame judged) {
    Machine machine = judged.machine();
    if (!machine.has(Work.TRACING)) {
      return "";
    }
    Machine unobserved = machine.with(Work.TRACING, false);
    Route untraced = judged.model().route(judged.frame(), unobserved);
    return untraced == judged.route()
        ? ""
        : " Recording the syscall events leads it there: unobserved (--untraced) it "
            + reason(untraced, unobserved)
            + ".";
  }
}
