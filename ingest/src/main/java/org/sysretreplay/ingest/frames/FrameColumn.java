package org.sysretreplay.ingest.frames;

import java.util.Locale;
import java.util.stream.Stream;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.sysretreplay.emulator.FrameClass;

/** The columns of {@code frames} in their order; the lower-case names are a contract. */
public enum FrameColumn {
  SEQ(Kind.NUMBER, Presence.ALWAYS),
  TS_NS(Kind.NUMBER, Presence.USUAL),
  CPU(Kind.NUMBER, Presence.USUAL),
  PID(Kind.NUMBER, Presence.USUAL),
  TID(Kind.NUMBER, Presence.USUAL),
  COMM(Kind.TEXT, Presence.USUAL),
  ENTRY(Kind.TEXT, Presence.ALWAYS),
  EVENT(Kind.TEXT, Presence.USUAL),
  NR(Kind.NUMBER, Presence.USUAL),
  RET(Kind.NUMBER, Presence.USUAL),
  RIP(Kind.NUMBER, Presence.ALWAYS),
  RCX(Kind.NUMBER, Presence.ALWAYS),
  R11(Kind.NUMBER, Presence.ALWAYS),
  RFLAGS(Kind.NUMBER, Presence.ALWAYS),
  CS(Kind.NUMBER, Presence.ALWAYS),
  SS(Kind.NUMBER, Presence.ALWAYS),
  RSP(Kind.NUMBER, Presence.USUAL),
  RAX(Kind.NUMBER, Presence.USUAL),
  PATH(Kind.TEXT, Presence.ALWAYS),
  STAGE(Kind.TEXT, Presence.ALWAYS),
  CAUSE(Kind.TEXT, Presence.USUAL),
  RECORDED_ENTRY(Kind.TEXT, Presence.RARE),
  RECORDED_PATH(Kind.TEXT, Presence.RARE),
  RECORDED_RIP(Kind.NUMBER, Presence.RARE),
  RECORDED_RCX(Kind.NUMBER, Presence.RARE),
  RECORDED_R11(Kind.NUMBER, Presence.RARE),
  RECORDED_RFLAGS(Kind.NUMBER, Presence.RARE),
  RECORDED_CS(Kind.NUMBER, Presence.RARE),
  RECORDED_SS(Kind.NUMBER, Presence.RARE),
  RECORDED_RSP(Kind.NUMBER, Presence.RARE),
  RECORDED_RAX(Kind.NUMBER, Presence.RARE),
  /** The {@link FrameClass#code number of the frame's class}, made from the other columns. */
  FRAME_CLASS(Kind.NUMBER, Presence.ALWAYS);

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

  private final Kind kind;
  private final Presence presence;

  FrameColumn(Kind kind, Presence presence) {
    this.kind = kind;
    this.presence = presence;
  }

  /** The name of the column. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Kind kind() {
    return kind;
  }

  public Presence presence() {
    return presence;
  }

  /** The schema of a file. */
  static MessageType schema() {
    return new MessageType("frame", Stream.of(values()).map(FrameColumn::type).toList());
  }

  private Type type() {
    Type.Repetition repetition =
        presence == Presence.ALWAYS ? Type.Repetition.REQUIRED : Type.Repetition.OPTIONAL;
    return switch (kind) {
      case NUMBER -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(key());
      case TEXT ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.stringType())
              .named(key());
    };
  }
}
