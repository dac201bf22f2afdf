package org.sysretreplay.emulator;

import static org.sysretreplay.emulator.EntryPath.COMPAT;
import static org.sysretreplay.emulator.EntryPath.COMPAT_EXIT_WORK;
import static org.sysretreplay.emulator.EntryPath.EXCEPTION;
import static org.sysretreplay.emulator.EntryPath.EXECVE;
import static org.sysretreplay.emulator.EntryPath.EXECVE_FAILED;
import static org.sysretreplay.emulator.EntryPath.FORK_CHILD;
import static org.sysretreplay.emulator.EntryPath.FORK_CHILD_COMPAT;
import static org.sysretreplay.emulator.EntryPath.FORK_CHILD_EXIT_WORK;
import static org.sysretreplay.emulator.EntryPath.INT80;
import static org.sysretreplay.emulator.EntryPath.INTERRUPT;
import static org.sysretreplay.emulator.EntryPath.KERNEL_THREAD_EXEC;
import static org.sysretreplay.emulator.EntryPath.NMI;
import static org.sysretreplay.emulator.EntryPath.RT_SIGRETURN;
import static org.sysretreplay.emulator.EntryPath.SYSCALL_AUDIT;
import static org.sysretreplay.emulator.EntryPath.SYSCALL_EXIT_WORK;
import static org.sysretreplay.emulator.EntryPath.SYSCALL_FULL_FRAME;
import static org.sysretreplay.emulator.EntryPath.SYSCALL_NO_WORK;
import static org.sysretreplay.emulator.EntryPath.SYSCALL_RESCHEDULE;
import static org.sysretreplay.emulator.EntryPath.SYSCALL_SECCOMP;
import static org.sysretreplay.emulator.EntryPath.SYSCALL_TRACED;
import static org.sysretreplay.emulator.Route.CHECK;
import static org.sysretreplay.emulator.Route.COMPAT_FAST;
import static org.sysretreplay.emulator.Route.FAST;
import static org.sysretreplay.emulator.Route.IRET;

import java.util.List;
import org.sysretreplay.emulator.ExitModel.Description;
import org.sysretreplay.emulator.ExitModel.Rule;

/**
 * The models of 3.19 to 4.1, from no check at all to the check that 17 high bits are clear (sheet
 * 2.1 to 2.4).
 */
final class SeedKernels {

  /** Up to 4.0, where SYSENTER returns by SYSEXIT. */
  private static final String SYSEXIT_NOTE =
      "32-bit code returns unchecked while no work flag is set, or audit alone: by SYSEXIT after"
          + " SYSENTER, by SYSRETL after SYSCALL. All else of it, and int $0x80, takes the slow"
          + " return.";

  /** From 4.1 to 4.3. */
  static final String SYSRETL_NOTE =
      "32-bit code returns unchecked, by SYSRETL after SYSENTER and SYSCALL, while no work flag is"
          + " set, or audit alone. All else of it, and int $0x80, takes the slow return.";

  private static final String INT80_NOTE =
      "int $0x80 stores 0 for R11, and RFLAGS always has bit 1 set, so it never passes the check.";

  static final String XEN_NOTE =
      "On a Xen PV guest the check is evaluated too; its SYSRET is the iret hypercall with a flag,"
          + " no SYSRET instruction, and saves nothing.";

  private static final String WORK_NOTE =
      "Of work at entry, seccomp alone and audit alone come back to the fast path.";

  private static final String EXEC_NOTE =
      "execve takes the slow exit whether it succeeds or fails.";

  static final ExitModel LINUX_3_19 =
      new ExitModel(
          new Description(
              "linux-3.19",
              "up to 3.19",
              "No register is ever checked: syscalls without work return by SYSRET, all else by"
                  + " IRET.",
              List.of(
                  Evidence.read(Checks.ENTRY_SEED + ", without the lines that the commit adds"),
                  Evidence.read("ROCm/ROCK-Kernel-Driver arch/x86/kernel/entry_64.S @042148a39f3c"),
                  Evidence.observed(
                      "the parent of commit 2a23c6b8a9c4, whose entry file it is; 3.19.8, but for"
                          + " children of fork")),
              List.of(
                  "A reschedule or an audit call at exit does not spoil the fast path; any other work"
                      + " leads to IRET.",
                  WORK_NOTE,
                  EXEC_NOTE,
                  "Stable 3.x kernels with the fix of CVE-2015-2830 send 64-bit children of fork by"
                      + " IRET (--patched-fork-children); 3.19.8 was seen to.",
                  SYSEXIT_NOTE)),
          new Rule(
              Routes.of(
                  FAST.on(
                      SYSCALL_NO_WORK,
                      SYSCALL_FULL_FRAME,
                      SYSCALL_RESCHEDULE,
                      SYSCALL_SECCOMP,
                      SYSCALL_AUDIT,
                      FORK_CHILD),
                  IRET.on(
                      SYSCALL_EXIT_WORK,
                      SYSCALL_TRACED,
                      EXECVE,
                      EXECVE_FAILED,
                      RT_SIGRETURN,
                      FORK_CHILD_EXIT_WORK,
                      FORK_CHILD_COMPAT,
                      KERNEL_THREAD_EXEC,
                      INTERRUPT,
                      EXCEPTION,
                      NMI,
                      COMPAT_EXIT_WORK,
                      INT80),
                  COMPAT_FAST.on(COMPAT)),
              List.of(),
              List.of(),
              false));

  static final ExitModel SEED =
      new ExitModel(
          new Description(
              "seed",
              "commit 2a23c6b8a9c4 (1 Feb 2015), before 4.0",
              "Every return that would have joined the IRET path tries SYSRET first, interrupts and"
                  + " exceptions included; the syscall fast path stays unchecked.",
              List.of(
                  Evidence.read("the mail that carries the commit"),
                  Evidence.read(Checks.ENTRY_SEED),
                  Evidence.observed("that commit's entry file with the C code of 4.0.4")),
              List.of(
                  "TF in both RFLAGS and R11 passes: SYSRET then traps before the first user"
                      + " instruction, and a program was seen to make no progress.",
                  "A reschedule or an audit call at exit does not spoil the fast path.",
                  WORK_NOTE,
                  EXEC_NOTE,
                  "ptrace could not set CS and SS of 64-bit code, and rt_sigreturn did not restore SS,"
                      + " so the test of SS only ever failed on interrupts and exceptions.",
                  XEN_NOTE,
                  SYSEXIT_NOTE,
                  INT80_NOTE)),
          new Rule(
              Routes.of(
                  FAST.on(
                      SYSCALL_NO_WORK,
                      SYSCALL_FULL_FRAME,
                      SYSCALL_RESCHEDULE,
                      SYSCALL_SECCOMP,
                      SYSCALL_AUDIT,
                      FORK_CHILD),
                  CHECK.on(
                      SYSCALL_EXIT_WORK,
                      SYSCALL_TRACED,
                      EXECVE,
                      EXECVE_FAILED,
                      RT_SIGRETURN,
                      FORK_CHILD_EXIT_WORK,
                      FORK_CHILD_COMPAT,
                      KERNEL_THREAD_EXEC,
                      INTERRUPT,
                      EXCEPTION,
                      COMPAT_EXIT_WORK,
                      INT80),
                  IRET.on(NMI),
                  COMPAT_FAST.on(COMPAT)),
              List.of(
                  Checks.rcxIsRip(Checks.ENTRY_SEED),
                  Checks.highBitsClear(Checks.ENTRY_SEED),
                  Checks.csIsUserCs(Checks.ENTRY_SEED),
                  Checks.r11IsRflags(Checks.ENTRY_SEED),
                  Checks.noRf(Register.R11, Checks.ENTRY_SEED),
                  Checks.ssIsUserDs(Checks.ENTRY_SEED)),
              List.of(),
              false));

  static final ExitModel LINUX_4_0 =
      new ExitModel(
          new Description(
              "linux-4.0",
              "4.0",
              "As the seed, and TF is tested together with RF; interrupts and exceptions are still"
                  + " checked, and so are children of fork.",
              List.of(
                  Evidence.read(Checks.ENTRY_4_0),
                  Evidence.observed("4.0.4"),
                  Evidence.known(
                      "commits 7ea24169097d (TF), 96b6352c (a reschedule or audit work at exit is"
                          + " checked) and 956421fbb74c (children of fork) are first in 4.0")),
              List.of(WORK_NOTE, EXEC_NOTE, XEN_NOTE, SYSEXIT_NOTE, INT80_NOTE)),
          new Rule(
              Routes.of(
                  FAST.on(SYSCALL_NO_WORK, SYSCALL_FULL_FRAME, SYSCALL_SECCOMP),
                  CHECK.on(
                      SYSCALL_RESCHEDULE,
                      SYSCALL_AUDIT,
                      SYSCALL_EXIT_WORK,
                      SYSCALL_TRACED,
                      EXECVE,
                      EXECVE_FAILED,
                      RT_SIGRETURN,
                      FORK_CHILD,
                      FORK_CHILD_EXIT_WORK,
                      FORK_CHILD_COMPAT,
                      KERNEL_THREAD_EXEC,
                      INTERRUPT,
                      EXCEPTION,
                      COMPAT_EXIT_WORK,
                      INT80),
                  IRET.on(NMI),
                  COMPAT_FAST.on(COMPAT)),
              highBitsAndTrapFlag(Checks.ENTRY_4_0),
              List.of(),
              false));

  /**
   * The routes of 4.1 to 4.3: every return from a syscall that is not fast is checked, and nothing
   * else.
   */
  static final Routes SLOW_SYSCALLS =
      Routes.of(
          FAST.on(SYSCALL_NO_WORK, SYSCALL_FULL_FRAME, SYSCALL_SECCOMP, EXECVE_FAILED),
          CHECK.on(
              SYSCALL_RESCHEDULE,
              SYSCALL_AUDIT,
              SYSCALL_EXIT_WORK,
              SYSCALL_TRACED,
              EXECVE,
              RT_SIGRETURN,
              FORK_CHILD,
              FORK_CHILD_EXIT_WORK,
              FORK_CHILD_COMPAT,
              KERNEL_THREAD_EXEC,
              COMPAT_EXIT_WORK,
              INT80),
          IRET.on(INTERRUPT, EXCEPTION, NMI),
          COMPAT_FAST.on(COMPAT));

  static final List<String> NOTES_OF_SLOW_SYSCALLS =
      List.of(
          WORK_NOTE,
          "execve takes the slow exit only where it succeeds.",
          XEN_NOTE,
          SYSRETL_NOTE,
          INT80_NOTE);

  static final ExitModel LINUX_4_1 =
      new ExitModel(
          new Description(
              "linux-4.1",
              "4.1",
              "Only returns from syscalls are checked; interrupts and exceptions go straight to IRET,"
                  + " and children of fork are checked.",
              List.of(Evidence.read(Checks.ENTRY_4_1), Evidence.observed("4.1.5")),
              NOTES_OF_SLOW_SYSCALLS),
          new Rule(SLOW_SYSCALLS, highBitsAndTrapFlag(Checks.ENTRY_4_1), List.of(), false));

  private SeedKernels() {}

  private static List<Check> highBitsAndTrapFlag(String source) {
    return List.of(
        Checks.rcxIsRip(source),
        Checks.highBitsClear(source),
        Checks.csIsUserCs(source),
        Checks.r11IsRflags(source),
        Checks.noRf(Register.R11, source),
        Checks.noTf(Register.R11, Evidence.read(source)),
        Checks.ssIsUserDs(source));
  }
}
