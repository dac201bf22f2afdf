package org.sysretreplay.ingest.frames;

import static org.sysretreplay.ingest.frames.FrameValue.number;
import static org.sysretreplay.ingest.frames.FrameValue.recorded;
import static org.sysretreplay.ingest.frames.FrameValue.recordedText;
import static org.sysretreplay.ingest.frames.FrameValue.recordedUsual;
import static org.sysretreplay.ingest.frames.FrameValue.text;
import static org.sysretreplay.ingest.frames.FrameValue.usual;
import static org.sysretreplay.ingest.frames.FrameValue.usualText;

import java.util.Locale;
import java.util.stream.Stream;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;

/** The columns of {@code frames} in their order; the lower-case names are a contract. */
public enum FrameColumn {
  SEQ(number(ExitFrame::seq)),
  TS_NS(usual(ExitFrame::timeNanos)),
  CPU(usual(ExitFrame::cpu)),
  PID(usual(it -> it.task().pid())),
  TID(usual(it -> it.task().tid())),
  COMM(usualText(it -> it.task().comm())),
  ENTRY(text(it -> it.entry().key())),
  EVENT(usualText(ExitFrame::event)),
  NR(usual(ExitFrame::syscall)),
  RET(usual(ExitFrame::result)),
  RIP(number(it -> it.registers().rip())),
  RCX(number(it -> it.registers().rcx())),
  R11(number(it -> it.registers().r11())),
  RFLAGS(number(it -> it.registers().rflags())),
  CS(number(it -> it.registers().cs())),
  SS(number(it -> it.registers().ss())),
  RSP(usual(ExitFrame::rsp)),
  RAX(usual(ExitFrame::rax)),
  PATH(text(it -> it.path().key())),
  STAGE(text(it -> it.assembly().stage().key())),
  CAUSE(usualText(it -> it.cause().map(Cause::key))),
  RECORDED_ENTRY(recordedText(it -> it.entry().key())),
  RECORDED_PATH(recordedText(it -> it.path().key())),
  RECORDED_RIP(recorded(it -> it.registers().rip())),
  RECORDED_RCX(recorded(it -> it.registers().rcx())),
  RECORDED_R11(recorded(it -> it.registers().r11())),
  RECORDED_RFLAGS(recorded(it -> it.registers().rflags())),
  RECORDED_CS(recorded(it -> it.registers().cs())),
  RECORDED_SS(recorded(it -> it.registers().ss())),
  RECORDED_RSP(recordedUsual(Recorded::rsp)),
  RECORDED_RAX(recordedUsual(Recorded::rax)),
  /** How many exits the row stands for. */
  COUNT(number(ExitFrame::count)),
  /** The {@link FrameClass#code number of the frame's class}, made from the other columns. */
  FRAME_CLASS(number(FrameClass::code));

  /** What a column holds. */
  public enum Kind {
    /** Signed 64-bit numbers; registers are patterns in them. */
    NUMBER,
    TEXT
  }

  /** Which rows have a value. */
  public enum Presence {
    ALWAYS,
    /** Most rows; null where the recording does not have it. */
    USUAL,
    /** The few rows whose frame was changed by its neighbours. */
    RARE
  }

  private final FrameValue value;

  FrameColumn(FrameValue value) {
    this.value = value;
  }

  /** The name of the column. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Kind kind() {
    return value.kind();
  }

  /** What of a frame the column holds. */
  FrameValue value() {
    return value;
  }

  public Presence presence() {
    return value.presence();
  }

  /** The schema of a file. */
  static MessageType schema() {
    return new MessageType("frame", Stream.of(values()).map(FrameColumn::type).toList());
  }

  private Type type() {
    Type.Repetition repetition =
        presence() == Presence.ALWAYS ? Type.Repetition.REQUIRED : Type.Repetition.OPTIONAL;
    return switch (kind()) {
      case NUMBER -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(key());
      case TEXT ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.stringType())
              .named(key());
    };
  }
}
