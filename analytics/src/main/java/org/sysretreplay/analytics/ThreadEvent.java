package org.sysretreplay.analytics;

import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Selector;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.sample.EventFields;
import org.sysretreplay.ingest.sample.EventFields.SyscallEnter;
import org.sysretreplay.ingest.sample.EventFields.SyscallExit;
import org.sysretreplay.ingest.sample.PerfRegister;
import org.sysretreplay.ingest.sample.Sample;

/**
 * One event of a thread, as its recording shows it.
 *
 * @param seq the number of the frame that the event became, if it became one
 * @param event the event's name; if it has none, how the kernel was entered
 * @param entry how the kernel was entered, if the event shows a return
 * @param rip the address in user code, if it was recorded
 * @param code32 whether the thread ran 32-bit code; for a syscall, whether 32-bit code made it
 * @param inKernel whether an interrupt hit the kernel
 */
public record ThreadEvent(
    OptionalLong seq,
    OptionalLong timeNanos,
    String event,
    Optional<EntryKind> entry,
    EventFields fields,
    OptionalLong rip,
    boolean code32,
    boolean inKernel) {

  /**
   * The event of a sample.
   *
   * @param frame the frame that the sample alone makes, if it makes one
   */
  static ThreadEvent of(Sample sample, Optional<ExitFrame> frame) {
    OptionalLong cs = sample.registers().get(PerfRegister.CS);
    return new ThreadEvent(
        frame.map(it -> OptionalLong.of(it.seq())).orElse(OptionalLong.empty()),
        sample.timeNanos(),
        sample.event(),
        frame.map(ExitFrame::entry),
        sample.fields(),
        sample.registers().get(PerfRegister.IP),
        cs.isPresent() && Selector.in(cs.getAsLong()) == Selector.USER32_CS,
        false);
  }

  /** The event of a frame, for sources that keep nothing but frames. */
  public static ThreadEvent of(ExitFrame frame) {
    Registers seen = frame.assembly().recorded().map(Recorded::registers).orElse(frame.registers());
    return new ThreadEvent(
        OptionalLong.of(frame.seq()),
        frame.timeNanos(),
        frame.event().orElse(frame.entry().key()),
        Optional.of(frame.entry()),
        fields(frame),
        OptionalLong.of(seen.rip()),
        frame.entry() == EntryKind.COMPAT && frame.path() != EntryPath.EXECVE,
        frame.assembly().stage() == Stage.IN_KERNEL);
  }

  private static EventFields fields(ExitFrame frame) {
    return switch (frame.entry()) {
      case SYSCALL, FORK, COMPAT ->
          frame.syscall().isPresent()
              ? new SyscallExit(frame.syscall(), frame.result())
              : EventFields.NONE;
      case INTERRUPT, EXCEPTION -> EventFields.NONE;
    };
  }

  /** Whether the event became the frame of that number. */
  public boolean isFrame(long number) {
    return seq.isPresent() && seq.getAsLong() == number;
  }

  /**
   * If this event is the exit of the call that {@code begin} enters, it takes over the caller's
   * {@code code32}; else it stays as it is.
   */
  ThreadEvent endOf(ThreadEvent begin) {
    boolean same =
        begin.fields() instanceof SyscallEnter enter
            && fields instanceof SyscallExit exit
            && exit.number().equals(OptionalLong.of(enter.number()));
    return same
        ? new ThreadEvent(seq, timeNanos, event, entry, fields, rip, begin.code32, inKernel)
        : this;
  }

  /**
   * If this event is a syscall exit with another number, it gets this number; else it stays as it
   * is.
   */
  ThreadEvent ofCall(OptionalLong syscall) {
    return fields instanceof SyscallExit exit && !exit.number().equals(syscall)
        ? new ThreadEvent(
            seq,
            timeNanos,
            event,
            entry,
            new SyscallExit(syscall, exit.result()),
            rip,
            code32,
            inKernel)
        : this;
  }

  /** This event marked as an interrupt that hit the kernel. */
  ThreadEvent ofKernel() {
    return new ThreadEvent(seq, timeNanos, event, entry, fields, rip, code32, true);
  }
}
