package org.sysretreplay.analytics.report;

import java.util.OptionalLong;
import org.sysretreplay.emulator.Cpu;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Instruction;
import org.sysretreplay.emulator.Landing;
import org.sysretreplay.emulator.Landing.Fault;
import org.sysretreplay.emulator.Landing.NotKnown;
import org.sysretreplay.emulator.Landing.NotUserMode;
import org.sysretreplay.emulator.Landing.StepTrap;
import org.sysretreplay.emulator.Landing.UserState;
import org.sysretreplay.emulator.PtRegs;
import org.sysretreplay.emulator.Rflags;
import org.sysretreplay.emulator.Route;
import org.sysretreplay.emulator.Selector;

/**
 * The section on the instructions: the state that IRETQ restores, and what SYSRET would have
 * changed for the program. Under FRED it is about ERETU, and in a Xen PV guest about the hypercall.
 */
final class InstructionsText {

  private static final String BOTH = "on Intel and on AMD";

  private final Page page;
  private final JudgedFrame judged;
  private final OptionalLong rsp;

  private InstructionsText(Page page, JudgedFrame judged) {
    this.page = page;
    this.judged = judged;
    rsp = judged.frame().rsp();
  }

  static void write(Page page, JudgedFrame judged) {
    new InstructionsText(page, judged).write();
  }

  private void write() {
    if (judged.route() == Route.ERETU) {
      eretu();
    } else if (judged.machine().xenPv()) {
      hypercall();
    } else {
      iretqAndSysret();
    }
  }

  /**
   * ERETU restores everything from the frame; no more is established of it (sheet 2.10 and 12.2).
   */
  private void eretu() {
    PtRegs regs = judged.frame().registers();
    page.title("ERETU restores the frame");
    page.item(
        "  ",
        "rip %s, cs 0x%x, ss 0x%x, rflags %s, and RSP in full (%s)"
            .formatted(
                Hex.of(regs.rip()),
                Selector.in(regs.cs()),
                Selector.in(regs.ss()),
                Hex.of(regs.rflags()),
                stack(rsp.orElse(0))));
    page.item("  ", "RCX and R11 are the program's own: nothing is returned to through them.");
    page.title("Under FRED SYSRET and SYSEXIT raise #UD; no kernel executes them there.");
  }

  /**
   * From 5.12 on the hypercall is always the same; before, a return by SYSRET sets a flag in it
   * (sheet 3.3).
   */
  private void hypercall() {
    page.title("A Xen PV guest returns by the iret hypercall, by SYSRET and IRETQ never");
    page.item(
        "  ",
        judged.bySysret()
            ? "Here with the flag that says a syscall returns: rip is RCX, rflags is R11, cs 0x33, ss"
                + " 0x2b."
            : "Here with the frame as it was saved.");
  }

  private void iretqAndSysret() {
    Landing iret = landing(Instruction.IRETQ, Cpu.Vendor.INTEL);
    iretq(iret);
    Landing intel = landing(Instruction.SYSRET, Cpu.Vendor.INTEL);
    Landing amd = landing(Instruction.SYSRET, Cpu.Vendor.AMD);
    if (intel.equals(amd)) {
      sysret(intel, iret);
    } else {
      page.title("SYSRET " + form("faults", "would have faulted"));
      page.item("  on Intel  ", ending(intel));
      page.item("  on AMD    ", ending(amd) + ": RCX is not tested, and the first fetch faults");
    }
  }

  private Landing landing(Instruction instruction, Cpu.Vendor vendor) {
    Cpu cpu = Cpu.of(vendor, judged.machine());
    return instruction.execute(judged.loaded(), rsp.orElse(0), cpu);
  }

  private void iretq(Landing landing) {
    if (landing instanceof UserState user) {
      page.title("IRETQ restores");
      state(user);
    } else if (landing instanceof NotKnown) {
      page.title("IRETQ may get to user mode or not");
      page.item("  ", ending(landing));
    } else {
      page.title("IRETQ does not get to user mode");
      page.item("  ", ending(landing));
      if (landing instanceof Fault) {
        page.item("  ", "Linux hands that to the program as if its own code had faulted.");
      }
    }
  }

  private void state(UserState user) {
    page.item(
        "  ",
        "rip %s, cs 0x%x, ss 0x%x, rsp %s"
            .formatted(Hex.of(user.rip()), user.cs(), user.ss(), stack(user.rsp())));
    page.item(
        "  ", "rflags %s: %s".formatted(Hex.of(user.rflags()), Rflags.describe(user.rflags())));
    if (user.stepTrap() != StepTrap.NONE) {
      page.item("  ", "a trap " + trap(user));
    }
  }

  private String stack(long value) {
    return rsp.isPresent() ? Hex.of(value) : "not known";
  }

  private void sysret(Landing landing, Landing iret) {
    if (!(landing instanceof UserState user)) {
      page.title("SYSRET %s, %s".formatted(form("faults", "would have faulted"), BOTH));
      page.item("  ", ending(landing));
    } else if (!(iret instanceof UserState right)) {
      page.title("SYSRET %s, %s".formatted(form("goes on", "would have gone on"), BOTH));
      state(user);
    } else if (user.equals(right)) {
      page.title("SYSRET %s just that, %s.".formatted(form("gives", "would have given"), BOTH));
    } else {
      page.title("SYSRET %s, %s".formatted(form("corrupts", "would have corrupted"), BOTH));
      changes(user, right);
    }
  }

  private String form(String ofReturn, String ofWhatIf) {
    return judged.bySysret() ? ofReturn : ofWhatIf;
  }

  /** Writes each part of the program's state that SYSRET would have got wrong. */
  private void changes(UserState after, UserState right) {
    change("rip", after.rip(), right.rip(), "");
    String flags = Rflags.describe(after.rflags() ^ right.rflags());
    change("rflags", after.rflags(), right.rflags(), ", wrong in " + flags);
    change("cs", after.cs(), right.cs(), "");
    change("ss", after.ss(), right.ss(), "; on AMD its base, limit and attributes stay");
    if (after.stepTrap() != right.stepTrap()) {
      page.item("  trap    ", "%s instead of %s".formatted(trap(after), trap(right)));
    }
  }

  private void change(String name, long after, long right, String how) {
    if (after != right) {
      page.item(
          "  %-6s  ".formatted(name),
          "%s instead of %s%s".formatted(Hex.of(after), Hex.of(right), how));
    }
  }

  private static String trap(UserState user) {
    return switch (user.stepTrap()) {
      case NONE -> "none";
      case BEFORE_FIRST_INSTRUCTION -> "before the first user instruction";
      case AFTER_FIRST_INSTRUCTION -> "after the first user instruction";
    };
  }

  private static String ending(Landing landing) {
    if (landing instanceof NotUserMode other) {
      return "a return to ring " + other.privilege() + ", not to user mode";
    }
    return landing instanceof NotKnown open
        ? "not known: it depends on " + open.what()
        : landing.toString();
  }
}
