package org.sysretreplay.analytics.report;

import java.util.OptionalLong;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Syscall;

/** Syscalls and what they return, in words. */
final class SyscallText {

  private static final long MIN_ERROR = -4095;
  private static final long MAX_DECIMAL = 0xff_ffff;

  private SyscallText() {}

  /** The syscall's name; 32-bit code has numbers of its own. */
  static String name(boolean code32, long number) {
    return code32 ? "32-bit syscall " + number : SyscallNames.describe(number);
  }

  /** As in {@code read = 5}; addresses in hexadecimal digits. */
  static String exit(boolean code32, long number, OptionalLong result) {
    if (Syscall.isSigreturn(number)) {
      return "rt_sigreturn to interrupted code";
    }
    String name = name(code32, number);
    return result.isPresent() ? name + " = " + result(result.getAsLong()) : name;
  }

  private static String result(long result) {
    if (Syscall.asksForRestart(result)) {
      return "%d (%s: make the call again)".formatted(result, restartName(result));
    }
    boolean small = result >= MIN_ERROR && result <= MAX_DECIMAL;
    return small ? Long.toString(result) : Hex.of(result);
  }

  private static String restartName(long result) {
    return switch ((int) result) {
      case -512 -> "ERESTARTSYS";
      case -513 -> "ERESTARTNOINTR";
      case -514 -> "ERESTARTNOHAND";
      default -> "ERESTART_RESTARTBLOCK";
    };
  }
}
