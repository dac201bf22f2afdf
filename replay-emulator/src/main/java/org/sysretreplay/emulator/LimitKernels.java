package org.sysretreplay.emulator;

import java.util.List;
import org.sysretreplay.emulator.ExitModel.Description;
import org.sysretreplay.emulator.ExitModel.Rule;

/** The check in C, with a limit instead of a shift, and FRED: 6.7 and later (sheet 2.9, 2.10). */
final class LimitKernels {

  private static final String LIMIT_NOTE =
      "The last page of the lower half and the whole upper half go to IRET, vsyscall=native too.";

  private static final Evidence WIDTH_OF_6_7 =
      Evidence.inferred(
          "the slots are compared whole: " + Checks.PULL_6_9 + " is what makes them 16 bits wide");

  private static final Condition COMPAT_FLAGS =
      new Condition.Clear(Register.RFLAGS, Rflags.RF.mask() | Rflags.TF.mask() | Rflags.VM.mask());

  /** What SYSRETL demands, as far as a frame tells (COMPAT-3), the landing pad left out. */
  private static final List<Condition> COMPAT_3 =
      List.of(
          new Condition.NotXenPv(),
          new Condition.Is(Register.CS, Selector.USER32_CS),
          new Condition.Is(Register.SS, Selector.USER_DS),
          COMPAT_FLAGS);

  /** The same demands, with cs and ss as members of 16 bits. */
  private static final List<Condition> COMPAT_3_SELECTORS =
      List.of(
          new Condition.NotXenPv(),
          new Condition.IsSelector(Register.CS, Selector.USER32_CS),
          new Condition.IsSelector(Register.SS, Selector.USER_DS),
          COMPAT_FLAGS);

  static final ExitModel LINUX_6_7 =
      new ExitModel(
          new Description(
              "linux-6.7",
              "6.7 and 6.8",
              "The check is C and part of the syscall function: R11 is compared earlier, SS with CS,"
                  + " and RIP must be below the end of the user's addresses.",
              List.of(Evidence.read(Checks.PULL_6_7)),
              List.of(
                  LIMIT_NOTE,
                  CanonicalKernels.PTI_NOTE,
                  CanonicalKernels.COMPAT_NOTE,
                  "RCX and R11 are one combined condition, as are CS and SS; a compiler may test the"
                      + " halves in either order, with the same result.")),
          new Rule(
              CanonicalKernels.SYSCALLS_ONLY,
              checks(
                  Checks.PULL_6_7,
                  Checks.csIsUserCs(WIDTH_OF_6_7),
                  Checks.ssIsUserDs(WIDTH_OF_6_7)),
              COMPAT_3,
              true));

  static final ExitModel LINUX_6_9 =
      new ExitModel(
          new Description(
              "linux-6.9",
              "6.9 and later, FRED off",
              "As 6.7, but cs and ss are 16 bits wide in the frame: the slots' upper bits are not"
                  + " looked at.",
              List.of(
                  Evidence.read(Checks.SYSCALL_C + ", the code's place from 6.15 on"),
                  Evidence.read(Checks.PULL_6_9),
                  Evidence.observed(
                      "Debian's 6.12, with 4-level and with 5-level paging, and 7.3")),
              List.of(
                  LIMIT_NOTE,
                  CanonicalKernels.PTI_NOTE,
                  CanonicalKernels.COMPAT_NOTE,
                  "SYSCALL leaves the slots' upper bits zero, so only frames made by hand are judged"
                      + " otherwise than by 6.7. Faults were seen with bits above the selector of SS.",
                  "From 6.19 on (known) a restartable sequence is aborted at a syscall only after an"
                      + " interrupt or exception during the call: most of what a recording of an older"
                      + " kernel shows as RSEQ_ABORT passes there.",
                  "From 7.1 on (known) FRED is on wherever the CPU has it: fred is the model then.")),
          new Rule(
              CanonicalKernels.SYSCALLS_ONLY,
              checks(Checks.SYSCALL_C, Checks.csSelectorIsUserCs(), Checks.ssSelectorIsUserDs()),
              COMPAT_3_SELECTORS,
              true));

  static final ExitModel FRED =
      new ExitModel(
          new Description(
              "fred",
              "6.9 and later, FRED active",
              "Every return to user space is ERETU, whatever the registers hold.",
              List.of(
                  Evidence.read("torvalds/linux arch/x86/entry/entry_64_fred.S @14619d912b65"),
                  Evidence.read("torvalds/linux arch/x86/entry/entry_fred.c @0542972950ef"),
                  Evidence.read(Checks.PULL_6_9)),
              List.of(
                  "Off unless asked for in 6.9 and later; from 7.1 on (known) on wherever the CPU has"
                      + " it.",
                  "SYSRET and SYSEXIT raise #UD under FRED.",
                  "The tests of 6.9 are still executed and their result is thrown away.",
                  "Under FRED a SYSCALL leaves RCX and R11 as they were, so that they tell nothing."
                      + " The SS slot shows that FRED was active.")),
          new Rule(Routes.all(Route.ERETU), List.of(), List.of(), true));

  private LimitKernels() {}

  private static List<Check> checks(String source, Check codeSegment, Check stackSegment) {
    return List.of(
        Checks.noXenPv(Evidence.read(source)),
        Checks.rcxIsRip(source),
        Checks.r11IsRflags(source),
        codeSegment,
        stackSegment,
        Checks.belowUserLimit(source),
        Checks.noRf(Register.RFLAGS, source),
        Checks.noTf(Register.RFLAGS, Evidence.read(source)));
  }
}
