package org.sysretreplay.ingest.store;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.Registers;

/** The expected row of a frame, written down column by column. */
final class FrameRow {

  private FrameRow() {}

  /** The frame's columns in their order; those that it does not have are null. */
  static List<Object> of(ExitFrame frame) {
    Registers registers = frame.registers();
    return Arrays.asList(
        frame.seq(),
        orNull(frame.timeNanos()),
        orNull(frame.cpu()),
        orNull(frame.task().pid()),
        orNull(frame.task().tid()),
        frame.task().comm().orElse(null),
        frame.entry().key(),
        frame.event().orElse(null),
        orNull(frame.syscall()),
        orNull(frame.result()),
        registers.rip(),
        registers.rcx(),
        registers.r11(),
        registers.rflags(),
        registers.cs(),
        registers.ss(),
        orNull(frame.rsp()),
        orNull(frame.rax()),
        frame.path().key(),
        frame.assembly().stage().key(),
        frame.cause().map(Cause::key).orElse(null),
        recorded(frame, it -> it.entry().key()),
        recorded(frame, it -> it.path().key()),
        recorded(frame, it -> it.registers().rip()),
        recorded(frame, it -> it.registers().rcx()),
        recorded(frame, it -> it.registers().r11()),
        recorded(frame, it -> it.registers().rflags()),
        recorded(frame, it -> it.registers().cs()),
        recorded(frame, it -> it.registers().ss()),
        recorded(frame, it -> orNull(it.rsp())),
        recorded(frame, it -> orNull(it.rax())),
        frame.count(),
        FrameClass.of(frame).code());
  }

  /** The frame as its event alone shows it; only for frames that their neighbours changed. */
  private static <T> T recorded(ExitFrame frame, Function<Recorded, T> value) {
    return frame.assembly().recorded().map(value).orElse(null);
  }

  private static Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
