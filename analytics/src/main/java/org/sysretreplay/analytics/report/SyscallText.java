package org.sysretreplay.analytics.report;

import java.util.OptionalLong;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Syscall;

/** Describes syscalls and their results in words. */
final class SyscallText {

  private static final long MIN_ERROR = -4095;
  private static final long MAX_DECIMAL = 0xff_ffff;

  private SyscallText() {}

  /** The syscall's name; a number for 32-bit code, which has its own table of syscalls. */
  static String name(boolean code32, long number) {
    return code32 ? "32-bit syscall " + number : SyscallNames.describe(number);
  }

  /** A syscall with its result, for example {@code read = 5}; addresses are in hexadecimal. */
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
