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
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;

/** The columns of {@code frames} in their order; the lower-case names are a contract. */
public enum FrameColumn {
  SEQ(
      "the frame's number in its trace, from 0, in the order of time where it has one",
      Unit.NUMBER,
      number(ExitFrame::seq)),
  TS_NS("when, on the recorder's clock", Unit.NANOSECONDS, usual(ExitFrame::timeNanos)),
  CPU("the CPU that returned", Unit.NUMBER, usual(ExitFrame::cpu)),
  PID("the process", Unit.NUMBER, usual(it -> it.task().pid())),
  TID("the thread", Unit.NUMBER, usual(it -> it.task().tid())),
  COMM("the thread's name at that time", Unit.TEXT, usualText(it -> it.task().comm())),
  ENTRY("how the kernel was entered: " + EntryKind.KEYS, Unit.TEXT, text(it -> it.entry().key())),
  EVENT("the recorder's name of the event", Unit.TEXT, usualText(ExitFrame::event)),
  NR("the number of the system call", Unit.NUMBER, usual(ExitFrame::syscall)),
  RET("the result of the system call", Unit.NUMBER, usual(ExitFrame::result)),
  RIP("the register RIP that is returned to", Unit.REGISTER, number(it -> it.registers().rip())),
  RCX("the register RCX that is returned to", Unit.REGISTER, number(it -> it.registers().rcx())),
  R11("the register R11 that is returned to", Unit.REGISTER, number(it -> it.registers().r11())),
  RFLAGS(
      "the register RFLAGS that is returned to",
      Unit.REGISTER,
      number(it -> it.registers().rflags())),
  CS("the register CS that is returned to", Unit.REGISTER, number(it -> it.registers().cs())),
  SS("the register SS that is returned to", Unit.REGISTER, number(it -> it.registers().ss())),
  RSP(
      "the register RSP that is returned to, which no model tests",
      Unit.REGISTER,
      usual(ExitFrame::rsp)),
  RAX(
      "the register RAX that is returned to, which no model tests",
      Unit.REGISTER,
      usual(ExitFrame::rax)),
  PATH("the way back, a row of the matrix of MODELS.md", Unit.TEXT, text(it -> it.path().key())),
  STAGE(
      "how sure the registers are: final, amended, early, in_kernel",
      Unit.TEXT,
      text(it -> it.assembly().stage().key())),
  CAUSE(
      "what keeps the frame from SYSRET; null where nothing does",
      Unit.TEXT,
      usualText(it -> it.cause().map(Cause::key))),
  RECORDED_ENTRY(
      "the entry as the event alone shows it, where its neighbours changed anything",
      Unit.TEXT,
      recordedText(it -> it.entry().key())),
  RECORDED_PATH(
      "the way back as the event alone shows it, where its neighbours changed anything",
      Unit.TEXT,
      recordedText(it -> it.path().key())),
  RECORDED_RIP(
      "the register RIP of the event, where its neighbours changed anything",
      Unit.REGISTER,
      recorded(it -> it.registers().rip())),
  RECORDED_RCX(
      "the register RCX of the event, where its neighbours changed anything",
      Unit.REGISTER,
      recorded(it -> it.registers().rcx())),
  RECORDED_R11(
      "the register R11 of the event, where its neighbours changed anything",
      Unit.REGISTER,
      recorded(it -> it.registers().r11())),
  RECORDED_RFLAGS(
      "the register RFLAGS of the event, where its neighbours changed anything",
      Unit.REGISTER,
      recorded(it -> it.registers().rflags())),
  RECORDED_CS(
      "the register CS of the event, where its neighbours changed anything",
      Unit.REGISTER,
      recorded(it -> it.registers().cs())),
  RECORDED_SS(
      "the register SS of the event, where its neighbours changed anything",
      Unit.REGISTER,
      recorded(it -> it.registers().ss())),
  RECORDED_RSP(
      "the register RSP of the event, where its neighbours changed anything",
      Unit.REGISTER,
      recordedUsual(Recorded::rsp)),
  RECORDED_RAX(
      "the register RAX of the event, where its neighbours changed anything",
      Unit.REGISTER,
      recordedUsual(Recorded::rax)),
  /** How many exits the row stands for. */
  COUNT(
      "how many exits the row stands for: 1, unless they were counted where they were recorded",
      Unit.EXITS,
      number(ExitFrame::count)),
  /** The {@link FrameClass#code number of the frame's class}, made from the other columns. */
  FRAME_CLASS(
      "the number of the frame's class, made from the other columns",
      Unit.NUMBER,
      number(FrameClass::code));

  /** The kind of a column's values. */
  public enum Kind {
    /** Signed 64-bit numbers; registers are patterns in them. */
    NUMBER,
    TEXT
  }

  /** The rows in which a column has a value. */
  public enum Presence {
    ALWAYS,
    /** Most rows; null if the recording does not have the value. */
    USUAL,
    /** The few rows whose frame was changed by its neighbours. */
    RARE
  }

  /** The unit of a column's values. */
  public enum Unit {
    /** A pattern of 64 bits in a signed number: an address of the upper half is negative. */
    REGISTER,
    NANOSECONDS,
    EXITS,
    /** A plain number or id. */
    NUMBER,
    TEXT;

    /** The name in a schema. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String sentence;
  private final Unit unit;
  private final FrameValue value;

  FrameColumn(String sentence, Unit unit, FrameValue value) {
    this.sentence = sentence;
    this.unit = unit;
    this.value = value;
  }

  /** The meaning of the column, as part of a sentence. */
  public String sentence() {
    return sentence;
  }

  public Unit unit() {
    return unit;
  }

  /** The name of the column. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Kind kind() {
    return value.kind();
  }

  /** Takes the column's value from a frame. */
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
