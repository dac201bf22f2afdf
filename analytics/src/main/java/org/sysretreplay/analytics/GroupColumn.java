package org.sysretreplay.analytics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.TraceException;

/** What frames can be grouped by. The lower-case names are what {@code --by} uses. */
public enum GroupColumn {
  ENTRY(FrameColumn.ENTRY),
  EVENT(FrameColumn.EVENT),
  SYSCALL(FrameColumn.NR),
  COMM(FrameColumn.COMM),
  PID(FrameColumn.PID),
  TID(FrameColumn.TID),
  CPU(FrameColumn.CPU),
  SECOND(FrameColumn.TS_NS),
  STAGE(FrameColumn.STAGE),
  /** The frame's own cause, whatever a model makes of it. */
  CAUSE(FrameColumn.CAUSE);

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** All names, for a message or a help text. */
  public static final String KEYS =
      Stream.of(values()).map(GroupColumn::key).collect(Collectors.joining(", "));

  private final FrameColumn storeColumn;

  GroupColumn(FrameColumn storeColumn) {
    this.storeColumn = storeColumn;
  }

  /** The name on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column of the store that the value is made from. */
  public FrameColumn storeColumn() {
    return storeColumn;
  }

  /** Whether the store's column holds text, and else a 64-bit number. */
  public boolean isText() {
    return storeColumn.kind() == FrameColumn.Kind.TEXT;
  }

  /** The value of a number in the store's column: the second of a time, else the number itself. */
  public long ofStored(long number) {
    return this == SECOND ? Math.floorDiv(number, NANOS_PER_SECOND) : number;
  }

  /** The frame's value: a String, a Long, or null where the recording does not have it. */
  public Object of(ExitFrame frame) {
    return switch (this) {
      case ENTRY -> frame.entry().key();
      case EVENT -> frame.event().orElse(null);
      case COMM -> frame.task().comm().orElse(null);
      case SYSCALL -> number(frame.syscall());
      case PID -> number(frame.task().pid());
      case TID -> number(frame.task().tid());
      case CPU -> number(frame.cpu());
      case SECOND -> number(frame.timeNanos());
      case STAGE -> frame.assembly().stage().key();
      case CAUSE -> frame.cause().map(Cause::key).orElse(null);
    };
  }

  private Long number(OptionalLong value) {
    return value.isPresent() ? ofStored(value.getAsLong()) : null;
  }

  /**
   * Makes sure that all columns have a meaning for exits that were counted where they were
   * recorded.
   *
   * @param source where they come from
   * @throws TraceException where one has none
   */
  static void checkCounted(List<GroupColumn> by, String source) {
    if (by.contains(SECOND)) {
      throw TraceException.of(
          source,
          "exits were counted where they were recorded, and have no time each",
          "leave " + SECOND.key() + " out of --by");
    }
  }

  /** The column of that name, if there is one. */
  public static Optional<GroupColumn> ofKey(String key) {
    return Stream.of(values()).filter(column -> column.key().equals(key)).findFirst();
  }
}
