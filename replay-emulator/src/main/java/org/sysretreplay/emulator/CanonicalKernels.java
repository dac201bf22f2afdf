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
import static org.sysretreplay.emulator.Route.COMPAT_CHECK;
import static org.sysretreplay.emulator.Route.FAST;
import static org.sysretreplay.emulator.Route.IRET;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sysretreplay.emulator.ExitModel.Description;
import org.sysretreplay.emulator.ExitModel.Rule;

/**
 * The models of 4.2 to 6.6, whose check accepts exactly the canonical addresses (sheet 2.5 to 2.8).
 */
final class CanonicalKernels {

  static final String PTI_NOTE =
      "Page table isolation changes how either instruction is reached and what it costs, not which"
          + " one is taken.";

  static final String COMPAT_NOTE =
      "32-bit SYSENTER and SYSCALL have a check of their own, between SYSRETL and IRET; int $0x80"
          + " always returns by IRET.";

  private static final String UPPER_HALF_NOTE =
      "Canonical addresses of the upper half pass, the vsyscall page among them: SYSRET to a kernel"
          + " address is harmless, the program faults there.";

  /**
   * What SYSRETL demands, as far as a frame tells (COMPAT-2): RIP must also be the vDSO's landing
   * pad, which a trace does not name.
   */
  private static final List<Condition> COMPAT_2 =
      List.of(
          new Condition.Is(Register.CS, Selector.USER32_CS),
          new Condition.Is(Register.SS, Selector.USER_DS),
          new Condition.Clear(Register.RFLAGS, Rflags.RF.mask() | Rflags.TF.mask()));

  /** The same where a Xen PV guest goes to IRET first. */
  private static final List<Condition> COMPAT_2_AFTER_XEN =
      Stream.concat(Stream.of(new Condition.NotXenPv()), COMPAT_2.stream()).toList();

  /**
   * The routes of kernels without a fast path, until FRED: every syscall is checked, and nothing
   * else.
   */
  static final Routes SYSCALLS_ONLY =
      Routes.of(
          CHECK.on(
              SYSCALL_NO_WORK,
              SYSCALL_FULL_FRAME,
              SYSCALL_RESCHEDULE,
              SYSCALL_SECCOMP,
              SYSCALL_AUDIT,
              SYSCALL_EXIT_WORK,
              SYSCALL_TRACED,
              EXECVE,
              EXECVE_FAILED,
              RT_SIGRETURN),
          IRET.on(
              FORK_CHILD,
              FORK_CHILD_EXIT_WORK,
              FORK_CHILD_COMPAT,
              KERNEL_THREAD_EXEC,
              INTERRUPT,
              EXCEPTION,
              NMI,
              INT80),
          COMPAT_CHECK.on(COMPAT, COMPAT_EXIT_WORK));

  static final ExitModel LINUX_4_2 =
      new ExitModel(
          new Description(
              "linux-4.2",
              "4.2 and 4.3",
              "As 4.1, but the address test accepts exactly the canonical addresses.",
              List.of(
                  Evidence.read(Checks.ENTRY_4_2),
                  Evidence.read(Checks.ENTRY_IA32),
                  Evidence.known("commit 17be0aec74fb is first in 4.2")),
              with(UPPER_HALF_NOTE, SeedKernels.NOTES_OF_SLOW_SYSCALLS)),
          new Rule(SeedKernels.SLOW_SYSCALLS, checks(Checks.ENTRY_4_2), List.of(), false));

  static final ExitModel LINUX_4_4 =
      new ExitModel(
          new Description(
              "linux-4.4",
              "4.4 and 4.5",
              "As 4.2 for 64-bit code; 32-bit syscalls get a check of their own, and int $0x80 goes"
                  + " straight to IRET.",
              List.of(
                  Evidence.read(Checks.ENTRY_4_4),
                  Evidence.read("commit 7841b408717d, the 32-bit entries"),
                  Evidence.observed("4.4.1"),
                  Evidence.known("commit 7841b408717d is first in 4.4")),
              List.of(
                  UPPER_HALF_NOTE,
                  "Of work at entry, seccomp alone and audit alone come back to the fast path.",
                  SeedKernels.XEN_NOTE,
                  COMPAT_NOTE)),
          new Rule(
              SeedKernels.SLOW_SYSCALLS
                  .but(IRET, INT80)
                  .but(COMPAT_CHECK, COMPAT, COMPAT_EXIT_WORK),
              checks(Checks.ENTRY_4_4),
              COMPAT_2,
              false));

  static final ExitModel LINUX_4_6 =
      new ExitModel(
          new Description(
              "linux-4.6",
              "4.6 to 4.15",
              "The slow syscall path is C and ends in the check; children of fork return by IRET.",
              List.of(
                  Evidence.read(Checks.ENTRY_4_6),
                  Evidence.observed("4.14.5"),
                  Evidence.known("commit 1e423bff959e is first in 4.6")),
              List.of(
                  UPPER_HALF_NOTE,
                  "fork, vfork, clone, iopl, execve and rt_sigreturn want the full frame and are"
                      + " diverted to the slow path before they run, so that they are checked; iopl"
                      + " then fails on R11.",
                  "Seccomp, audit and nohz_full put every syscall on the slow path.",
                  PTI_NOTE,
                  SeedKernels.XEN_NOTE,
                  COMPAT_NOTE,
                  "A stable 4.9 kernel without the fast path was read: it checks every syscall, as 4.16"
                      + " does. Which stable kernels have lost it is not established.",
                  "5-level paging was a build option (4.14 and 4.15); --la57 stands for such a build.")),
          new Rule(
              SYSCALLS_ONLY.but(FAST, SYSCALL_NO_WORK), checks(Checks.ENTRY_4_6), COMPAT_2, true));

  static final ExitModel LINUX_4_16 =
      new ExitModel(
          new Description(
              "linux-4.16",
              "4.16 to 5.11",
              "The unchecked fast path is gone: every 64-bit syscall is checked.",
              List.of(
                  Evidence.read(Checks.ENTRY_4_19),
                  Evidence.read(Checks.ENTRY_5_10),
                  Evidence.observed("Debian's 5.10"),
                  Evidence.known("commit 21d375b6b34f is first in 4.16")),
              List.of(
                  UPPER_HALF_NOTE,
                  PTI_NOTE,
                  SeedKernels.XEN_NOTE,
                  COMPAT_NOTE,
                  "The address width follows the CPU's LA57 feature from 4.17 on.")),
          new Rule(SYSCALLS_ONLY, checks(Checks.ENTRY_5_10), COMPAT_2, true));

  static final ExitModel LINUX_5_12 =
      new ExitModel(
          new Description(
              "linux-5.12",
              "5.12 to 6.6",
              "As 4.16, and a Xen PV guest leaves by IRET before any register is looked at.",
              List.of(
                  Evidence.read(Checks.ENTRY_5_15),
                  Evidence.read(
                      "torvalds/linux arch/x86/entry/entry_64_compat.S @019bc1f65e91, the Xen test of"
                          + " the 32-bit entries"),
                  Evidence.known("the Xen test is first in 5.12")),
              List.of(
                  UPPER_HALF_NOTE,
                  PTI_NOTE,
                  COMPAT_NOTE,
                  "That 32-bit code of a Xen PV guest always leaves by IRET was read in about 6.0;"
                      + " since which release is not established.")),
          new Rule(SYSCALLS_ONLY, checksOf512(), COMPAT_2_AFTER_XEN, true));

  private CanonicalKernels() {}

  private static List<String> with(String first, List<String> others) {
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }

  private static List<Check> checks(String source) {
    return List.of(
        Checks.rcxIsRip(source),
        Checks.signExtends(source),
        Checks.csIsUserCs(source),
        Checks.r11IsRflags(source),
        Checks.noRf(Register.R11, source),
        Checks.noTf(Register.R11, Evidence.read(source)),
        Checks.ssIsUserDs(source));
  }

  private static List<Check> checksOf512() {
    List<Check> checks = new ArrayList<>();
    checks.add(Checks.noXenPv(Evidence.read(Checks.ENTRY_5_15)));
    checks.addAll(checks(Checks.ENTRY_5_15));
    return checks;
  }
}
