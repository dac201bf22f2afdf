package org.sysretreplay.emulator;

import java.util.Optional;
import java.util.Set;

/**
 * A model on a machine, as the judge of one trace's frames. If the recorded kernel changed a frame
 * in a way that the judging kernel would not have, the change is undone first where the frame tells
 * how; else the frame is judged as recorded and counted as {@link CarryOver#NOT_KNOWN carried
 * over}.
 *
 * <p>Instances are immutable and safe to share between threads.
 */
public final class Judge {

  private final ExitModel model;
  private final Machine machine;
  private final String kernelRelease;
  private final Set<KernelRelease> named;

  /**
   * Indexed by the cause's ordinal, because every frame is looked up (benchmark replay/all-models).
   */
  private final CarryOver[] byCause = new CarryOver[Cause.values().length];

  /**
   * The judge of a trace's frames, for all releases that the model stands for.
   *
   * @param kernelRelease the release of the kernel that was recorded, as the trace has it; empty
   *     where it does not say
   */
  public Judge(ExitModel model, Machine machine, String kernelRelease) {
    this(model, machine, kernelRelease, Set.of());
  }

  /**
   * The judge of a trace's frames, for some releases of the model.
   *
   * @param named the releases by which the user asked for the model; empty where the model was
   *     asked for by its id
   */
  public Judge(ExitModel model, Machine machine, String kernelRelease, Set<KernelRelease> named) {
    this.model = model;
    this.machine = machine;
    this.kernelRelease = kernelRelease;
    this.named = Set.copyOf(named);
    Optional<KernelRelease> recorded = KernelRelease.parse(kernelRelease);
    for (Cause cause : Cause.values()) {
      byCause[cause.ordinal()] = CarryOver.of(cause, recorded, model.kernel(), named);
    }
  }

  public ExitModel model() {
    return model;
  }

  public Machine machine() {
    return machine;
  }

  /** The release of the kernel that was recorded; empty where the trace does not say. */
  public String kernelRelease() {
    return kernelRelease;
  }

  /** The judge of the same frames by the real kernel of the model, without policies. */
  public Judge ofKernel() {
    return new Judge(model.kernel(), machine, kernelRelease, named);
  }

  /** How the recorded kernel's change of a frame carries over to the model's kernel. */
  public CarryOver carryOver(Exit exit) {
    Optional<Cause> cause = exit.cause();
    return cause.isPresent() ? byCause[cause.get().ordinal()] : CarryOver.SAME;
  }

  /** The exit as the judging kernel would have had it. */
  public Exit seen(Exit exit) {
    return carryOver(exit) == CarryOver.UNDONE
        ? Exit.of(exit.path(), withoutIopl(exit.registers()))
        : exit;
  }

  /**
   * The cause of the exit as the judging kernel would have had it; empty where the change is
   * undone.
   */
  public Optional<Cause> cause(Exit exit) {
    return carryOver(exit) == CarryOver.UNDONE ? Optional.empty() : exit.cause();
  }

  /**
   * The registers before iopl, when RFLAGS and R11 were equal. The I/O privilege level is that of
   * R11; all other bits come from RFLAGS, because registers that only stand for a class have their
   * tested bits there.
   */
  private static Registers withoutIopl(PtRegs regs) {
    long before = regs.rflags() & ~Rflags.IOPL | regs.r11() & Rflags.IOPL;
    return new Registers(regs.rip(), regs.rcx(), before, before, regs.cs(), regs.ss());
  }

  /** The verdict on the exit as the judging kernel would have had it. */
  public Verdict verdict(Exit exit) {
    return model.judge(seen(exit), machine);
  }
}
