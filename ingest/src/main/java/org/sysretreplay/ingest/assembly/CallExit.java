package org.sysretreplay.ingest.assembly;

import java.util.OptionalLong;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Selector;
import org.sysretreplay.emulator.Syscall;
import org.sysretreplay.ingest.assembly.ThreadState.Call;
import org.sysretreplay.ingest.sample.EventFields.SyscallEnter;
import org.sysretreplay.ingest.sample.PerfRegister;
import org.sysretreplay.ingest.sample.UserRegisters;

/**
 * The exit of a syscall, and the call that it ends.
 *
 * @param call null if its start was not recorded
 */
record CallExit(ExitFrame frame, Call call) {

  /**
   * The exit of a thread's syscall.
   *
   * @param left the call that was going on for this thread number, or null; it may be that of an
   *     earlier thread
   */
  static CallExit of(ExitFrame frame, Call left) {
    return new CallExit(frame, left != null && isOf(left.fields(), frame) ? left : null);
  }

  private static boolean isOf(SyscallEnter call, ExitFrame exit) {
    return exit.syscall().isEmpty()
        || exit.syscall().getAsLong() == call.number()
        || Syscall.isSigreturn(exit.syscall().getAsLong()) && call != SyscallEnter.UNREADABLE;
  }

  /** Whether the exit is the child's from a call that makes a task: only the child gets 0. */
  static boolean isOfNewTask(ExitFrame frame) {
    if (frame.syscall().isEmpty() || frame.result().orElse(-1) != 0) {
      return false;
    }
    return frame.entry() == EntryKind.COMPAT
        ? Syscall.makesTask32(frame.syscall().getAsLong())
        : Syscall.makesTask(frame.syscall().getAsLong());
  }

  /** Whether it is the first return of a new thread. */
  boolean isChild() {
    return call == null && isOfNewTask(frame);
  }

  /** How the kernel was entered. */
  EntryKind entry() {
    if (isExecveOf32BitCode()) {
      return EntryKind.COMPAT;
    }
    return isChild() && frame.entry() == EntryKind.SYSCALL ? EntryKind.FORK : frame.entry();
  }

  /**
   * The way back to user space.
   *
   * @param traced whether a debugger has the thread stop at syscalls
   */
  EntryPath path(boolean traced) {
    if (isChild()) {
      return EntryPath.of(EntryKind.FORK, frame.registers());
    }
    EntryPath path = ofCall();
    return path.isPlainSyscall() && traced ? EntryPath.SYSCALL_TRACED : path;
  }

  private EntryPath ofCall() {
    if (isOfOtherCode()) {
      return ofOtherCode();
    }
    if (isExecveOf32BitCode()) {
      return EntryPath.COMPAT_EXIT_WORK;
    }
    return isRenamed() ? EntryPath.SYSCALL_NO_WORK : frame.path();
  }

  /** The number of the syscall, as far as the trace shows it. */
  OptionalLong syscall() {
    return isRenamed() ? OptionalLong.of(call.fields().number()) : frame.syscall();
  }

  /** Whether the call was made and returned 0; a call that seccomp skipped was not made. */
  boolean hasSucceeded() {
    return call != null && !showsSigreturn() && frame.result().orElse(-1) == 0;
  }

  private boolean showsSigreturn() {
    return frame.syscall().isPresent() && Syscall.isSigreturn(frame.syscall().getAsLong());
  }

  /**
   * Whether the exit shows the number of rt_sigreturn although its start shows another call:
   * uretprobe and uprobe, which set that number, a call that seccomp skipped, which returns to
   * where it was made, or a call with that number itself (sheet 12.2).
   */
  private boolean isRenamed() {
    if (frame.path() != EntryPath.RT_SIGRETURN || call == null) {
      return false;
    }
    long number = call.fields().number();
    return Syscall.isSigreturn(number)
        || Syscall.isUprobe(number)
        || !Syscall.isSigreturnCall(number) && returnsToItsCall();
  }

  private boolean returnsToItsCall() {
    UserRegisters entered = call.registers();
    OptionalLong rsp = entered.get(PerfRegister.SP);
    return call.isAt(frame.registers().rip())
        && (rsp.isEmpty() || frame.rsp().isEmpty() || rsp.equals(frame.rsp()));
  }

  /** Whether 64-bit code made the call that returns to 32-bit code. */
  private boolean isOfOtherCode() {
    return frame.path() == EntryPath.COMPAT && isFrom(Selector.USER_CS);
  }

  private boolean isFrom(int selector) {
    return call != null && call.isFrom(selector);
  }

  /**
   * Whether 32-bit code started a 64-bit program. Such a call leaves by the returns of 32-bit code,
   * of which the fast ones do not lead to 64-bit code (sheet 3.4).
   */
  private boolean isExecveOf32BitCode() {
    return frame.entry() == EntryKind.SYSCALL
        && isFrom(Selector.USER32_CS)
        && Syscall.isExecve32(call.fields().number())
        && frame.result().orElse(-1) == 0;
  }

  /** The path of such a call: only execve and rt_sigreturn lead from 64-bit to 32-bit code. */
  private EntryPath ofOtherCode() {
    long number = call.fields().number();
    if (Syscall.isExecve(number) && frame.result().orElse(-1) == 0) {
      return EntryPath.EXECVE;
    }
    return Syscall.isSigreturnCall(number) && showsSigreturn()
        ? EntryPath.RT_SIGRETURN
        : frame.path();
  }
}
