package org.sysretreplay.emulator;

import static org.sysretreplay.emulator.EntryPath.COMPAT;
import static org.sysretreplay.emulator.EntryPath.EXCEPTION;
import static org.sysretreplay.emulator.EntryPath.EXECVE;
import static org.sysretreplay.emulator.EntryPath.FORK_CHILD;
import static org.sysretreplay.emulator.EntryPath.FORK_CHILD_COMPAT;
import static org.sysretreplay.emulator.EntryPath.INTERRUPT;
import static org.sysretreplay.emulator.EntryPath.KERNEL_THREAD_EXEC;
import static org.sysretreplay.emulator.EntryPath.NMI;
import static org.sysretreplay.emulator.EntryPath.RT_SIGRETURN;
import static org.sysretreplay.emulator.EntryPath.SYSCALL_AUDIT;
import static org.sysretreplay.emulator.EntryPath.SYSCALL_EXIT_WORK;
import static org.sysretreplay.emulator.EntryPath.SYSCALL_NO_WORK;
import static org.sysretreplay.emulator.EntryPath.SYSCALL_RESCHEDULE;
import static org.sysretreplay.emulator.EntryPath.SYSCALL_TRACED;
import static org.sysretreplay.emulator.Route.CHECK;
import static org.sysretreplay.emulator.Route.COMPAT_FAST;
import static org.sysretreplay.emulator.Route.FAST;
import static org.sysretreplay.emulator.Route.IRET;

import java.util.List;
import org.sysretreplay.emulator.ExitModel.Description;
import org.sysretreplay.emulator.ExitModel.Rule;

/** From no check at all to the check with 17 clear high bits: 3.19 to 4.1 (sheet 2.1 to 2.4). */
final class SeedKernels {

  private static final String COMPAT_NOTE =
      "32-bit syscalls return fast, by SYSEXIT or SYSRETL, unless a work flag is set or they came by"
          + " int $0x80 (read in an older file only).";
  static final String XEN_NOTE =
      "On a Xen PV guest the check is evaluated too; SYSRET is then a hypercall that rebuilds the"
          + " frame.";

  static final ExitModel LINUX_3_19 =
      new ExitModel(
          new Description(
              "linux-3.19",
              "up to 3.19",
              "No register is ever checked: syscalls without work return by SYSRET, all else by"
                  + " IRET.",
              List.of(
                  Evidence.read(Checks.ENTRY_SEED + ", without the lines that the commit adds"),
                  Evidence.read(
                      "ROCm/ROCK-Kernel-Driver arch/x86/kernel/entry_64.S @042148a39f3c")),
              List.of(
                  "A reschedule or an audit call at exit does not spoil the fast path; any other work"
                      + " leads to IRET.",
                  COMPAT_NOTE)),
          new Rule(
              Routes.of(
                  FAST.on(SYSCALL_NO_WORK, SYSCALL_RESCHEDULE, SYSCALL_AUDIT, FORK_CHILD),
                  IRET.on(
                      SYSCALL_EXIT_WORK,
                      SYSCALL_TRACED,
                      EXECVE,
                      RT_SIGRETURN,
                      FORK_CHILD_COMPAT,
                      KERNEL_THREAD_EXEC,
                      INTERRUPT,
                      EXCEPTION,
                      NMI),
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
                  Evidence.read(Checks.ENTRY_SEED)),
              List.of(
                  "TF in both RFLAGS and R11 passes: SYSRET then traps before the first user"
                      + " instruction.",
                  XEN_NOTE,
                  COMPAT_NOTE)),
          new Rule(
              Routes.of(
                  FAST.on(SYSCALL_NO_WORK, SYSCALL_RESCHEDULE, SYSCALL_AUDIT, FORK_CHILD),
                  CHECK.on(
                      SYSCALL_EXIT_WORK,
                      SYSCALL_TRACED,
                      EXECVE,
                      RT_SIGRETURN,
                      FORK_CHILD_COMPAT,
                      KERNEL_THREAD_EXEC,
                      INTERRUPT,
                      EXCEPTION),
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
                  + " checked.",
              List.of(
                  Evidence.known("the TF test in 4.0 is commit 7ea24169097d"),
                  Evidence.known(
                      "commit 96b6352c sends a reschedule or audit work at exit to the check"),
                  Evidence.inferred(
                      "interrupts are checked until the commit that 4.1 has, " + Checks.PULL_6_7)),
              List.of(XEN_NOTE, COMPAT_NOTE)),
          new Rule(
              Routes.of(
                  FAST.on(SYSCALL_NO_WORK, FORK_CHILD),
                  CHECK.on(
                      SYSCALL_RESCHEDULE,
                      SYSCALL_AUDIT,
                      SYSCALL_EXIT_WORK,
                      SYSCALL_TRACED,
                      EXECVE,
                      RT_SIGRETURN,
                      FORK_CHILD_COMPAT,
                      KERNEL_THREAD_EXEC,
                      INTERRUPT,
                      EXCEPTION),
                  IRET.on(NMI),
                  COMPAT_FAST.on(COMPAT)),
              checksOf41(Evidence.known("commit 7ea24169097d")),
              List.of(),
              false));

  static final ExitModel LINUX_4_1 =
      new ExitModel(
          new Description(
              "linux-4.1",
              "4.1",
              "Only returns from syscalls are checked; interrupts and exceptions go straight to IRET,"
                  + " and children of fork are checked.",
              List.of(Evidence.read(Checks.ENTRY_4_1)),
              List.of(XEN_NOTE, COMPAT_NOTE)),
          new Rule(
              Routes.of(
                  FAST.on(SYSCALL_NO_WORK),
                  CHECK.on(
                      SYSCALL_RESCHEDULE,
                      SYSCALL_AUDIT,
                      SYSCALL_EXIT_WORK,
                      SYSCALL_TRACED,
                      EXECVE,
                      RT_SIGRETURN,
                      FORK_CHILD,
                      FORK_CHILD_COMPAT,
                      KERNEL_THREAD_EXEC),
                  IRET.on(INTERRUPT, EXCEPTION, NMI),
                  COMPAT_FAST.on(COMPAT)),
              checksOf41(Evidence.read(Checks.ENTRY_4_1)),
              List.of(),
              false));

  private SeedKernels() {}

  private static List<Check> checksOf41(Evidence trapFlag) {
    return List.of(
        Checks.rcxIsRip(Checks.ENTRY_4_1),
        Checks.highBitsClear(Checks.ENTRY_4_1),
        Checks.csIsUserCs(Checks.ENTRY_4_1),
        Checks.r11IsRflags(Checks.ENTRY_4_1),
        Checks.noRf(Register.R11, Checks.ENTRY_4_1),
        Checks.noTf(Register.R11, trapFlag),
        Checks.ssIsUserDs(Checks.ENTRY_4_1));
  }
}
