package org.sysretreplay.emulator;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models that are known, as data. MODELS.md describes them for a reader. */
public final class ExitModels {

  /** The rule of the seed mail, commit 2a23c6b8a9c4 of February 2015 (sheet 2.2). */
  public static final ExitModel SEED =
      new ExitModel(
          new ExitModel.Description(
              "seed",
              "commit 2a23c6b8a9c4 (1 Feb 2015), before 4.0",
              "Every return that would have joined the IRET path tries SYSRET first, interrupts and"
                  + " exceptions included; the syscall fast path stays unchecked.",
              "read in the seed mail and in arch/x86/kernel/entry_64.S at that commit"),
          Map.ofEntries(
              entry(EntryPath.SYSCALL_NO_WORK, Route.FAST),
              entry(EntryPath.SYSCALL_RESCHEDULE, Route.FAST),
              entry(EntryPath.SYSCALL_AUDIT, Route.FAST),
              entry(EntryPath.SYSCALL_EXIT_WORK, Route.CHECK),
              entry(EntryPath.SYSCALL_TRACED, Route.CHECK),
              entry(EntryPath.EXECVE, Route.CHECK),
              entry(EntryPath.RT_SIGRETURN, Route.CHECK),
              entry(EntryPath.FORK_CHILD, Route.FAST),
              entry(EntryPath.FORK_CHILD_COMPAT, Route.CHECK),
              entry(EntryPath.KERNEL_THREAD_EXEC, Route.CHECK),
              entry(EntryPath.INTERRUPT, Route.CHECK),
              entry(EntryPath.EXCEPTION, Route.CHECK),
              entry(EntryPath.NMI, Route.IRET),
              entry(EntryPath.COMPAT, Route.CHECK)),
          List.of(
              new Check(
                  MissReason.RCX_NOT_RIP,
                  new Condition.Equal(Register.RCX, Register.RIP),
                  "SYSRET jumps to RCX, so RCX must be the address to return to."),
              new Check(
                  MissReason.RIP_NOT_USER_ADDRESS,
                  new Condition.HighBitsClear(Register.RCX, 47),
                  "SYSRET to a non-canonical address faults in the kernel on Intel, on a stack that"
                      + " the user chose; any of the 17 high bits set is refused."),
              new Check(
                  MissReason.CS_NOT_USER_CS,
                  new Condition.Is(Register.CS, Selector.USER_CS),
                  "SYSRET always loads the 64-bit user code segment."),
              new Check(
                  MissReason.R11_NOT_RFLAGS,
                  new Condition.Equal(Register.R11, Register.RFLAGS),
                  "SYSRET loads RFLAGS from R11; all 64 bits must agree."),
              new Check(
                  MissReason.RF_SET,
                  new Condition.Clear(Register.R11, Rflags.RF.mask()),
                  "SYSRET cannot restore the resume flag."),
              new Check(
                  MissReason.SS_NOT_USER_DS,
                  new Condition.Is(Register.SS, Selector.USER_DS),
                  "SYSRET always loads the user data segment as SS.")));

  private static final List<ExitModel> ALL = List.of(SEED);

  private ExitModels() {}

  /** Every model, oldest kernel first. */
  public static List<ExitModel> all() {
    return ALL;
  }

  /** The model of that id, if there is one. */
  public static Optional<ExitModel> byId(String id) {
    return ALL.stream().filter(model -> model.id().equals(id)).findFirst();
  }
}
