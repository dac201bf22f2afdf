package org.sysretreplay.ingest.sample;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Selector;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Syscall;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * Decides what a perf sample is: a frame, a reject, or no return to user space. All of perf's
 * formats come through here, so that the same recording gives the same frames in each.
 *
 * <p>Frames can be numbered later, by a {@code SampleSink}.
 */
public final class SampleInterpreter {

  private static final long UNNUMBERED = 0;
  private static final long UNKNOWN_RCX = -1;

  /** The recorded number of rt_sigreturn, whose registers are whatever the program had saved. */
  private static final long RT_SIGRETURN = -1;

  private final Supplier<TraceHeader> header;

  /** Whether a syscall showed the placeholder in a trace that does not name its kernel. */
  private boolean showedPlaceholder;

  /**
   * An interpreter at the start of a trace.
   *
   * @param header gives the header as far as it is known when a sample is interpreted
   */
  public SampleInterpreter(Supplier<TraceHeader> header) {
    this.header = header;
  }

  /** Whether the sample may be a reject. Only then {@link #interpret} asks for its excerpt. */
  public static boolean mayReject(Sample sample) {
    UserRegisters registers = sample.registers();
    return sample.kind().entry().isPresent()
        && (registers.abi() == UserRegisters.ABI_NONE
            || !registers.isComplete()
            || registers.value(PerfRegister.CX) == UNKNOWN_RCX);
  }

  /**
   * Interprets a sample. A frame does not have its number yet.
   *
   * @param excerpt the raw record, asked for only when it is rejected
   */
  public TraceRecord interpret(Sample sample, Supplier<String> excerpt) {
    return interpret(sample, UNNUMBERED, Stage.EARLY, excerpt);
  }

  /**
   * Interprets a sample.
   *
   * @param seq its number, if it is a frame
   * @param stage its stage, if it is a frame; any but {@link Stage#AMENDED}
   * @param excerpt the raw record, asked for only when it is rejected
   */
  public TraceRecord interpret(Sample sample, long seq, Stage stage, Supplier<String> excerpt) {
    Optional<EntryKind> entry = sample.kind().entry();
    if (entry.isEmpty()) {
      return Ignored.IGNORED;
    }
    UserRegisters registers = sample.registers();
    if (registers == UserRegisters.OF_KERNEL
        || entry.get() == EntryKind.INTERRUPT && neverReturns(sample)) {
      return Ignored.IGNORED;
    }
    if (registers.abi() == UserRegisters.ABI_NONE) {
      return reject(sample, RejectReason.NO_USER_REGISTERS, "", excerpt);
    }
    if (!registers.isComplete()) {
      return reject(sample, RejectReason.REGISTER_MISSING, ": " + registers.missing(), excerpt);
    }
    if (isRcxUnknown(sample, entry.get())) {
      return reject(sample, RejectReason.RCX_UNKNOWN, "", excerpt);
    }
    return new Accepted(frame(sample, seq, stage, entry.get()));
  }

  /**
   * Whether an interrupt hit a thread that does not return to user space any more, or never did.
   */
  private static boolean neverReturns(Sample sample) {
    return sample.task().hasEnded() || isOfWorker(sample.registers());
  }

  /**
   * Whether an interrupt with these registers hit a worker of io_uring or vhost, which never
   * returns to user space. The kernel gives it a copy of its maker's registers with RIP and RSP 0
   * (copy_thread in kernel file arch/x86/kernel/process.c), and about 5.12 to 6.17 perf records
   * them.
   */
  private static boolean isOfWorker(UserRegisters registers) {
    return isZero(registers, PerfRegister.IP) && isZero(registers, PerfRegister.SP);
  }

  private static boolean isZero(UserRegisters registers, PerfRegister register) {
    return registers.has(register) && registers.value(register) == 0;
  }

  private static ExitFrame frame(Sample sample, long seq, Stage stage, EntryKind event) {
    UserRegisters registers = sample.registers();
    Registers tested = registers.tested();
    boolean int80 = event == EntryKind.SYSCALL && Syscall.isInt80(tested, sample.syscall());
    boolean compat =
        registers.abi() == UserRegisters.ABI_32 && Selector.in(tested.cs()) == Selector.USER32_CS;
    EntryKind entry = compat || int80 ? EntryKind.COMPAT : event;
    // A fault or an interrupt of 32-bit code returns like any other.
    EntryPath path =
        EntryPath.of(
            event == EntryKind.SYSCALL ? entry : event, tested, sample.syscall(), sample.result());
    return new ExitFrame(
        seq,
        sample.timeNanos(),
        sample.cpu(),
        sample.task(),
        entry,
        sample.kind().present(),
        sample.syscall(),
        sample.result(),
        tested,
        registers.get(PerfRegister.SP),
        registers.get(PerfRegister.AX),
        Assembly.alone(entry, path, tested, sample.syscall(), stage));
  }

  /**
   * Whether RCX is the placeholder of an old kernel. If the trace does not name its kernel, RCX =
   * -1 at a syscall's return is taken for the placeholder, because the instruction never leaves
   * that value. An interrupt is less clear: one that hit the kernel shows the registers of the
   * syscall in progress, but an interrupted program may hold -1 too. So the trace has to name an
   * old kernel, or an earlier syscall has to have shown the placeholder.
   */
  private boolean isRcxUnknown(Sample sample, EntryKind event) {
    if (sample.registers().value(PerfRegister.CX) != UNKNOWN_RCX) {
      return false;
    }
    String release = header.get().kernelRelease();
    boolean reportsNoRcx = reportsNoRcx(release);
    return switch (event) {
      case SYSCALL -> !isRtSigreturn(sample) && (reportsNoRcx || isPlaceholder(release));
      case INTERRUPT -> reportsNoRcx || release.isEmpty() && showedPlaceholder;
      default -> false;
    };
  }

  /** Kernels report RCX as -1 for traced syscalls up to 4.1-rc (sheet 6.4 and 12.2). */
  private static boolean reportsNoRcx(String release) {
    return KernelRelease.parse(release).filter(it -> it.isBefore(4, 1)).isPresent();
  }

  private boolean isPlaceholder(String release) {
    showedPlaceholder |= release.isEmpty();
    return release.isEmpty();
  }

  private static boolean isRtSigreturn(Sample sample) {
    return sample.syscall().equals(OptionalLong.of(RT_SIGRETURN));
  }

  private static Rejected reject(
      Sample sample, RejectReason reason, String detail, Supplier<String> excerpt) {
    return new Rejected(
        new Reject(
            sample.place(),
            reason,
            sample.event() + ": " + reason.sentence() + detail,
            excerpt.get()));
  }
}
