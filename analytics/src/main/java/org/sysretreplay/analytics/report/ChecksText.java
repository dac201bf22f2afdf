package org.sysretreplay.analytics.report;

import java.util.List;
import org.sysretreplay.emulator.Addresses;
import org.sysretreplay.emulator.Check;
import org.sysretreplay.emulator.Condition;
import org.sysretreplay.emulator.Condition.SignExtends;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Policy;
import org.sysretreplay.emulator.PtRegs;
import org.sysretreplay.emulator.Route;

/** The section on the checks: every check of a model on one frame, in the kernel's order. */
final class ChecksText {

  private ChecksText() {}

  static void write(Page page, JudgedFrame judged) {
    if (!judged.model().hasCheck()) {
      page.title("Model %s checks no register.".formatted(judged.model().id()));
      return;
    }
    page.title(
        judged.route() == Route.CHECK
            ? "The checks of %s; the kernel stops at the first that fails"
                .formatted(judged.model().id())
            : "The checks of %s, which this way back does not reach"
                .formatted(judged.model().id()));
    if (judged.isUndone()) {
      page.item(
          "  ",
          "Kernel %s wrote the I/O privilege level to RFLAGS, and this one does not: RFLAGS is R11 here."
              .formatted(judged.kernelRelease()));
    }
    if (judged.isMended()) {
      mended(page, judged);
    }
    for (Check check : judged.model().checks()) {
      check(page, check, judged.checked(), judged.machine());
    }
    if (judged.route() == Route.COMPAT_CHECK) {
      compat(page, judged);
    }
  }

  private static void mended(Page page, JudgedFrame judged) {
    List<String> changes = judged.model().policies().stream().map(Policy::sentence).toList();
    PtRegs seen = judged.checked();
    page.item(
        "  ",
        "As if %s: RCX is %s here, and R11 is %s."
            .formatted(String.join(", and ", changes), Hex.of(seen.rcx()), Hex.of(seen.r11())));
  }

  private static void check(Page page, Check check, PtRegs regs, Machine machine) {
    line(page, check.condition(), regs, machine);
    if (!check.condition().holds(regs, machine)) {
      page.item("        ", "%s: %s.".formatted(check.reason(), complaint(check, regs, machine)));
    }
  }

  /** The check that RCX is canonical also compares it with RIP, and may fail for that alone. */
  private static String complaint(Check check, PtRegs regs, Machine machine) {
    boolean canonical =
        check.condition() instanceof SignExtends it
            && Addresses.signExtend(it.extended().of(regs), machine) == it.extended().of(regs);
    return canonical
        ? "RCX is canonical, and fails this test only as it is not RIP"
        : check.reason().sentence();
  }

  private static void line(Page page, Condition condition, PtRegs regs, Machine machine) {
    String mark = condition.holds(regs, machine) ? "pass" : "FAIL";
    page.item(
        "  %s  %-27s  ".formatted(mark, condition.formula(machine)),
        condition.values(regs, machine));
  }

  private static void compat(Page page, JudgedFrame judged) {
    page.title("What SYSRETL to 32-bit code demands, as far as a frame tells");
    for (Condition condition : judged.model().rule().compat()) {
      line(page, condition, judged.frame().registers(), judged.machine());
    }
  }
}
