package org.sysretreplay.analytics.report;

import java.util.OptionalLong;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Rflags;
import org.sysretreplay.emulator.Stage;

/**
 * The section on a frame's registers, with flags by name, and what changed after they were
 * recorded.
 */
final class RegistersText {

  private RegistersText() {}

  static void write(Page page, ExitFrame frame) {
    frame
        .assembly()
        .recorded()
        .filter(it -> frame.assembly().stage() == Stage.AMENDED)
        .ifPresentOrElse(it -> both(page, it, frame), () -> one(page, frame));
    long differing = frame.registers().rflags() ^ frame.registers().r11();
    if (differing == 0) {
      page.item("  ", "RFLAGS and R11 are equal.");
    } else {
      page.item(
          "  RFLAGS and R11 differ in ", Hex.of(differing) + ": " + Rflags.describe(differing));
    }
  }

  private static void one(Page page, ExitFrame frame) {
    page.title("Registers");
    for (Register register : Register.values()) {
      long value = register.of(frame.registers());
      if (isFlags(register)) {
        flags(page, register.key(), value);
      } else {
        row(page, register.key(), Hex.of(value));
      }
    }
    frame.rsp().ifPresent(it -> row(page, "rsp", Hex.of(it)));
    frame.rax().ifPresent(it -> row(page, "rax", Hex.of(it)));
  }

  private static boolean isFlags(Register register) {
    return register == Register.RFLAGS || register == Register.R11;
  }

  private static void row(Page page, String name, String value) {
    page.item("  %-8s  ".formatted(name), value);
  }

  private static void both(Page page, Recorded recorded, ExitFrame frame) {
    page.title("Registers   as recorded         as returned to");
    for (Register register : Register.values()) {
      long before = register.of(recorded.registers());
      long after = register.of(frame.registers());
      String flags = isFlags(register) ? Rflags.describe(after) : "";
      row(page, register.key(), OptionalLong.of(before), OptionalLong.of(after), flags);
    }
    row(page, "rsp", recorded.rsp(), frame.rsp(), "");
    row(page, "rax", recorded.rax(), frame.rax(), "");
  }

  private static void row(
      Page page, String name, OptionalLong before, OptionalLong after, String flags) {
    String note = before.equals(after) ? flags : flags.isEmpty() ? "changed" : "changed: " + flags;
    if (before.isPresent() || after.isPresent()) {
      page.item("  %-8s  %-18s  %-18s  ".formatted(name, text(before), text(after)), note);
    }
  }

  private static String text(OptionalLong value) {
    return value.isPresent() ? Hex.of(value.getAsLong()) : "not known";
  }

  private static void flags(Page page, String name, long value) {
    page.item("  %-8s  %-18s  ".formatted(name, Hex.of(value)), Rflags.describe(value));
  }
}
