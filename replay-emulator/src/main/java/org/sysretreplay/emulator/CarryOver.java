package org.sysretreplay.emulator;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sysretreplay.emulator.KernelRelease.Range;

/**
 * What the judging kernel would have done to a frame that the recorded kernel changed. Most changes
 * are the same everywhere; those that follow a kernel's generation, or an option that it was booted
 * with, have their rule here (sheet 5.11, 5.12, 12.3).
 */
public enum CarryOver {
  /** It would have made the same change, so that the frame is judged as it is. */
  SAME,
  /** It would not have made the change, and the frame tells what it was before. */
  UNDONE,
  /**
   * It is not known, or the frame does not tell what it was before: the frame is judged as the
   * recorded kernel left it, and counted as carried over.
   */
  NOT_KNOWN;

  /** From 5.5 on iopl leaves the saved RFLAGS alone. */
  private static final Range IOPL_IN_RFLAGS = new Range(0, KernelRelease.order(5, 5));

  /**
   * Restartable sequences came with 4.18. From 6.19 on the frame of a syscall is left alone unless
   * an interrupt or an exception came during the call, and not all of these are recorded.
   */
  private static final Range ABORTS_ALL =
      new Range(KernelRelease.order(4, 18), KernelRelease.order(6, 19));

  /**
   * How frames with this cause carry over from the recorded kernel to the judging one.
   *
   * @param recorded the release of the kernel that was recorded, where the trace names it
   * @param kernel the model of the kernel that judges, without policies
   * @param named the releases by which the user asked for the model; empty where the model was
   *     asked for by its id and stands for all of its releases
   */
  static CarryOver of(
      Cause cause,
      Optional<KernelRelease> recorded,
      ExitModel kernel,
      Collection<KernelRelease> named) {
    if (!dependsOnKernel(cause)) {
      return SAME;
    }
    if (recorded.isEmpty()) {
      return NOT_KNOWN;
    }
    Range judging = KernelRelease.rangeOf(kernel);
    Range from = recorded.get().range();
    if (judging.includes(from) && named.stream().allMatch(it -> isAlike(cause, from, it.range()))) {
      return SAME;
    }
    Set<CarryOver> all =
        named.isEmpty()
            ? Set.of(of(cause, from, judging))
            : named.stream().map(it -> of(cause, from, it.range())).collect(Collectors.toSet());
    return all.size() == 1 ? all.iterator().next() : NOT_KNOWN;
  }

  /** Whether both releases follow the same rule for this cause. */
  private static boolean isAlike(Cause cause, Range one, Range other) {
    return switch (cause) {
      case IOPL -> IOPL_IN_RFLAGS.includes(one) == IOPL_IN_RFLAGS.includes(other);
      case RSEQ_ABORT -> ABORTS_ALL.includes(one) == ABORTS_ALL.includes(other);
      default -> true;
    };
  }

  /** Whether a release cuts off fewer restartable sequences than the ones before. */
  public static boolean abortsFewer(KernelRelease release) {
    return release.range().first() >= ABORTS_ALL.end();
  }

  /** Whether kernels differ in the change that the cause stands for. */
  public static boolean dependsOnKernel(Cause cause) {
    return switch (cause) {
      case VSYSCALL, RSEQ_ABORT, IOPL -> true;
      case CODE_32_BIT,
          LDT_SEGMENT,
          SIGNAL_DELIVERY,
          UPROBE,
          SYSCALL_RESTART,
          PTRACE_EDIT,
          EXECVE,
          NON_CANONICAL_ADDRESS,
          SIGRETURN,
          FAULT,
          INTERRUPTED_CODE,
          SINGLE_STEP,
          XEN_PV_GUEST,
          UNKNOWN ->
          false;
    };
  }

  private static CarryOver of(Cause cause, Range recorded, Range judging) {
    return switch (cause) {
      case IOPL -> ofIopl(recorded, judging);
      case RSEQ_ABORT ->
          ABORTS_ALL.includes(recorded) && ABORTS_ALL.includes(judging) ? SAME : NOT_KNOWN;
      // Whether vsyscalls are emulated, native or refused is an option of the kernel.
      default -> NOT_KNOWN;
    };
  }

  private static CarryOver ofIopl(Range recorded, Range judging) {
    if (!IOPL_IN_RFLAGS.includes(recorded)) {
      return NOT_KNOWN;
    }
    if (IOPL_IN_RFLAGS.includes(judging)) {
      return SAME;
    }
    return judging.first() < IOPL_IN_RFLAGS.end() ? NOT_KNOWN : UNDONE;
  }
}
