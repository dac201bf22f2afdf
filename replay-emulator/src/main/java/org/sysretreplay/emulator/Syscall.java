package org.sysretreplay.emulator;

import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The numbers of the syscalls whose returns are special, and the results that ask the kernel for a
 * restart (kernel files arch/x86/entry/syscalls/syscall_64.tbl and syscall_32.tbl,
 * include/linux/errno.h).
 */
public final class Syscall {

  /**
   * The number that a recording shows for rt_sigreturn, which overwrites its own before the event
   * (sheet 6.2). It is also recorded for {@link #isUprobe uretprobe and uprobe}, and for calls that
   * seccomp skips (sheet 12.2).
   */
  public static final long SIGRETURN = -1;

  /** Set in the number of an x32 syscall (sheet 3.4). */
  public static final long X32_BIT = 1L << 30;

  /** Takes the place of a syscall that is restarted with new arguments (sheet 5.3). */
  public static final long RESTART_SYSCALL = 219;

  /** The length of the SYSCALL instruction. */
  public static final long INSTRUCTION_BYTES = 2;

  /** execve and execveat, and those of x32. */
  private static final long[] EXECVES = {59, 322, X32_BIT | 520, X32_BIT | 545};

  private static final long IOPL = 172;

  private static final long RESTART_SYSCALL_32 = 0;
  private static final long RT_SIGRETURN = 15;
  private static final long RT_SIGRETURN_X32 = 513;
  private static final long SIGRETURN_32 = 119;
  private static final long RT_SIGRETURN_32 = 173;
  private static final long URETPROBE = 335;
  private static final long UPROBE = 336;

  /** -ERESTART_RESTARTBLOCK. */
  private static final long RESTART_RESTARTBLOCK = -516;

  private Syscall() {}

  /**
   * Whether the number is that of uretprobe or uprobe, which put back registers that they had
   * saved.
   */
  public static boolean isUprobe(long number) {
    return number == URETPROBE || number == UPROBE;
  }

  /** Whether rt_sigreturn is called by this number, that of x32 included. */
  public static boolean isSigreturnCall(long number) {
    return number == RT_SIGRETURN || number == (X32_BIT | RT_SIGRETURN_X32);
  }

  /**
   * Whether the syscall puts other registers into its frame before its exit event: those of a new
   * program, of what a handler or a probe interrupted.
   */
  public static boolean changesFrame(long number) {
    return isExecve(number) || isSigreturnCall(number) || isUprobe(number);
  }

  /** The same as {@link #changesFrame}, for the numbers of 32-bit code. */
  public static boolean changesFrame32(long number) {
    return isExecve32(number) || number == SIGRETURN_32 || number == RT_SIGRETURN_32;
  }

  /** Whether the number is {@link #SIGRETURN}, as a recording shows rt_sigreturn. */
  public static boolean isSigreturn(long number) {
    return number == SIGRETURN;
  }

  /** Whether the number is that of execve or execveat, those of x32 included. */
  public static boolean isExecve(long number) {
    for (long execve : EXECVES) {
      if (number == execve) {
        return true;
      }
    }
    return false;
  }

  /** The numbers of execve and execveat, those of x32 included. */
  public static LongStream execves() {
    return LongStream.of(EXECVES);
  }

  /** Whether the syscall makes a task that starts by returning 0 from it. */
  public static boolean makesTask(long number) {
    long common = number & ~X32_BIT;
    return common >= 56 && common <= 58 || common == 435;
  }

  /**
   * Whether the kernels of 4.6 to 4.15 divert the syscall to their slow path before it runs, since
   * it wants all registers saved (sheet 12.1). execve and rt_sigreturn are diverted too, but have
   * rows of their own. clone3, which those kernels do not have, counts as clone.
   */
  public static boolean wantsFullFrame(long number) {
    return makesTask(number) || (number & ~X32_BIT) == IOPL;
  }

  /** The same as {@link #makesTask}, for the numbers of 32-bit code. */
  public static boolean makesTask32(long number) {
    return number == 2 || number == 120 || number == 190 || number == 435;
  }

  /** Whether the number is that of execve or execveat in 32-bit code. */
  public static boolean isExecve32(long number) {
    return number == 11 || number == 358;
  }

  /**
   * Whether the exit of a syscall shows that int $0x80 entered: code of the LDT is no 64-bit code,
   * SYSCALL and SYSENTER leave no selector of the LDT in the frame, and of the syscalls only
   * rt_sigreturn puts one there (sheet 5.12).
   *
   * @param number the number of the syscall, where it is known
   */
  public static boolean isInt80(PtRegs regs, OptionalLong number) {
    return Selector.isLocal(Selector.in(regs.cs()))
        && number.isPresent()
        && !isSigreturn(number.getAsLong());
  }

  /** Whether the result asks for a restart; such a result never reaches the program (sheet 5.3). */
  public static boolean asksForRestart(long result) {
    // -ERESTARTSYS, -ERESTARTNOINTR, -ERESTARTNOHAND.
    return result == -512 || result == -513 || result == -514 || result == RESTART_RESTARTBLOCK;
  }

  /**
   * The number that the restarted syscall is called with.
   *
   * @param compat whether 32-bit code made the call
   */
  public static long restarted(long number, long result, boolean compat) {
    if (result != RESTART_RESTARTBLOCK) {
      return number;
    }
    return compat ? RESTART_SYSCALL_32 : RESTART_SYSCALL | number & X32_BIT;
  }
}
