package org.sysretreplay.analytics.report;

import org.sysretreplay.emulator.Check;
import org.sysretreplay.emulator.Cpu;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Instruction;
import org.sysretreplay.emulator.Landing;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Rflags;
import org.sysretreplay.emulator.Route;
import org.sysretreplay.emulator.Verdict;

/** One frame for a reader: its registers, every check, and what the two instructions would do. */
public final class FrameText {

  private static final int WIDTH = 80;

  private FrameText() {}

  /** The story of one frame under one model. */
  public static String explain(
      ExitModel model, EntryKind entry, Registers frame, long rsp, Machine machine) {
    StringBuilder out = new StringBuilder("The frame, entered by " + entry.sentence() + "\n");
    registers(out, frame, rsp);
    Verdict verdict = model.judge(Exit.of(EntryPath.of(entry, frame), frame), machine);
    out.append("\nModel ").append(model.id()).append(": ");
    Route route = model.route(EntryPath.of(entry, frame), machine);
    out.append(verdict.outcome()).append(" (").append(verdict.outcome().sentence()).append(")\n");
    if (route == Route.CHECK) {
      model.checks().forEach(check -> out.append(line(check, frame, machine)));
    }
    out.append("\nThe two instructions, on an Intel CPU\n");
    out.append(landing(Instruction.SYSRET, frame, rsp));
    out.append(landing(Instruction.IRETQ, frame, rsp));
    return out.toString();
  }

  private static void registers(StringBuilder out, Registers frame, long rsp) {
    out.append("  rip    %-18s  rcx %s%n".formatted(Hex.of(frame.rip()), Hex.of(frame.rcx())));
    out.append(flags("rflags", frame.rflags()));
    out.append(flags("r11   ", frame.r11()));
    long differ = frame.r11() ^ frame.rflags();
    if (differ != 0) {
      out.append("  differing: %s (%s)%n".formatted(Hex.of(differ), Rflags.describe(differ)));
    }
    out.append(
        "  cs     %-18s  ss  %-18s  rsp %s%n"
            .formatted(Hex.of(frame.cs()), Hex.of(frame.ss()), Hex.of(rsp)));
  }

  private static String flags(String name, long value) {
    return "  %s %-18s  %s%n".formatted(name, Hex.of(value), Rflags.describe(value));
  }

  private static String line(Check check, Registers frame, Machine machine) {
    boolean holds = check.condition().holds(frame, machine);
    String text = "  %s  %s%n".formatted(holds ? "pass" : "FAIL", check.condition().formula());
    return holds
        ? text
        : text + Wrap.text(check.reason() + ": " + check.reason().sentence() + ".", 8, WIDTH);
  }

  private static String landing(Instruction instruction, Registers frame, long rsp) {
    Landing landing = instruction.execute(frame, rsp, Cpu.INTEL);
    return "  %-7s %s%n".formatted(instruction, describe(landing));
  }

  private static String trap(Landing.StepTrap trap) {
    return switch (trap) {
      case NONE -> "";
      case BEFORE_FIRST_INSTRUCTION -> ",\n          and a trap before the first user instruction";
      case AFTER_FIRST_INSTRUCTION -> ",\n          and a trap after the first user instruction";
    };
  }

  private static String describe(Landing landing) {
    if (landing instanceof Landing.UserState user) {
      return "rip %s cs 0x%x rflags %s rsp %s ss 0x%x%s"
          .formatted(
              Hex.of(user.rip()),
              user.cs(),
              Hex.of(user.rflags()),
              Hex.of(user.rsp()),
              user.ss(),
              trap(user.stepTrap()));
    }
    if (landing instanceof Landing.NotUserMode other) {
      return "would return to ring " + other.privilege() + ", not to user mode";
    }
    return "faults: " + landing;
  }
}
