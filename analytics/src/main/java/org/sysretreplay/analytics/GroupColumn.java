package org.sysretreplay.analytics;

import java.io.Serializable;
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

/**
 * A column that frames can be grouped by; its {@link #key} is what {@code --by} takes.
 *
 * @param kind what it says about a frame
 * @param nanos the width of the windows of time; 0 for every other column
 */
public record GroupColumn(Kind kind, long nanos) implements Serializable {

  /** What a column says about a frame, in the order in which messages list the columns. */
  public enum Kind {
    ENTRY(FrameColumn.ENTRY),
    EVENT(FrameColumn.EVENT),
    SYSCALL(FrameColumn.NR),
    COMM(FrameColumn.COMM),
    PID(FrameColumn.PID),
    TID(FrameColumn.TID),
    CPU(FrameColumn.CPU),
    SECOND(FrameColumn.TS_NS),
    /** The start of the window of time in nanoseconds. */
    WINDOW(FrameColumn.TS_NS),
    STAGE(FrameColumn.STAGE),
    /** The frame's own cause, whatever a model makes of it. */
    CAUSE(FrameColumn.CAUSE);

    private final FrameColumn storeColumn;

    Kind(FrameColumn storeColumn) {
      this.storeColumn = storeColumn;
    }

    /** The name on the command line; for windows, the part before their width. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the store's column holds text, and else a 64-bit number. */
    public boolean isText() {
      return storeColumn.kind() == FrameColumn.Kind.TEXT;
    }

    private String usage() {
      return this == WINDOW ? key() + IS + "WIDTH" : key();
    }
  }

  public static final GroupColumn ENTRY = new GroupColumn(Kind.ENTRY, 0);
  public static final GroupColumn EVENT = new GroupColumn(Kind.EVENT, 0);
  public static final GroupColumn SYSCALL = new GroupColumn(Kind.SYSCALL, 0);
  public static final GroupColumn COMM = new GroupColumn(Kind.COMM, 0);
  public static final GroupColumn PID = new GroupColumn(Kind.PID, 0);
  public static final GroupColumn TID = new GroupColumn(Kind.TID, 0);
  public static final GroupColumn CPU = new GroupColumn(Kind.CPU, 0);
  public static final GroupColumn SECOND = new GroupColumn(Kind.SECOND, 0);
  public static final GroupColumn STAGE = new GroupColumn(Kind.STAGE, 0);
  public static final GroupColumn CAUSE = new GroupColumn(Kind.CAUSE, 0);

  /** All columns that a name alone describes: every kind but windows, which need a width. */
  public static final List<GroupColumn> NAMED =
      Stream.of(Kind.values())
          .filter(it -> it != Kind.WINDOW)
          .map(it -> new GroupColumn(it, 0))
          .toList();

  /** The forms that {@link #of(String)} accepts, for messages and help texts. */
  public static final List<String> USAGES = Stream.of(Kind.values()).map(Kind::usage).toList();

  private static final String IS = "=";
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  public GroupColumn {
    if ((kind == Kind.WINDOW) != (nanos > 0)) {
      throw new IllegalArgumentException("%s of %d ns".formatted(kind, nanos));
    }
  }

  /** Windows of time of this width; each begins at a multiple of it on the recorder's clock. */
  public static GroupColumn window(long nanos) {
    return new GroupColumn(Kind.WINDOW, nanos);
  }

  /** The column that a user names with this text, if there is one. */
  public static Optional<GroupColumn> of(String text) {
    String width = Kind.WINDOW.key() + IS;
    if (text.startsWith(width)) {
      return TimeUnits.nanos(text.substring(width.length())).stream()
          .mapToObj(GroupColumn::window)
          .findFirst();
    }
    return NAMED.stream().filter(column -> column.key().equals(text)).findFirst();
  }

  /** The text that {@link #of(String)} accepts: {@code syscall}, {@code window=100ms}. */
  public String text() {
    return kind == Kind.WINDOW ? key() + IS + TimeUnits.text(nanos) : key();
  }

  /** The name of its kind. */
  public String key() {
    return kind.key();
  }

  /** The column of the store that the value is made from. */
  public FrameColumn storeColumn() {
    return kind.storeColumn;
  }

  /** Whether the store's column holds text, and else a 64-bit number. */
  public boolean isText() {
    return kind.isText();
  }

  /**
   * Whether the value is made from the frame's time. Exits that were counted together have none.
   */
  public boolean isTime() {
    return storeColumn() == FrameColumn.TS_NS;
  }

  /**
   * The value made from a number in the store's column: a time is rounded down, any other number
   * stays. The first of all windows begins with the first time that there is, and may be narrower.
   */
  public long ofStored(long number) {
    return switch (kind) {
      case SECOND -> Math.floorDiv(number, NANOS_PER_SECOND);
      case WINDOW -> {
        long since = Math.floorMod(number, nanos);
        yield Math.max(number, Long.MIN_VALUE + since) - since;
      }
      default -> number;
    };
  }

  /** The frame's value: a String, a Long, or null where the recording does not have it. */
  public Object of(ExitFrame frame) {
    return switch (kind) {
      case ENTRY -> frame.entry().key();
      case EVENT -> frame.event().orElse(null);
      case COMM -> frame.task().comm().orElse(null);
      case SYSCALL -> number(frame.syscall());
      case PID -> number(frame.task().pid());
      case TID -> number(frame.task().tid());
      case CPU -> number(frame.cpu());
      case SECOND, WINDOW -> number(frame.timeNanos());
      case STAGE -> frame.assembly().stage().key();
      case CAUSE -> frame.cause().map(Cause::key).orElse(null);
    };
  }

  /**
   * The index of the first column of this kind.
   *
   * @return -1 if there is none
   */
  public static int indexOf(List<GroupColumn> columns, Kind kind) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).kind == kind) {
        return i;
      }
    }
    return -1;
  }

  private Long number(OptionalLong value) {
    return value.isPresent() ? ofStored(value.getAsLong()) : null;
  }

  /** Why exits that were counted at the recorder cannot be grouped by these columns, if so. */
  static Optional<TraceException> complaint(List<GroupColumn> by, String source) {
    String times =
        by.stream()
            .filter(GroupColumn::isTime)
            .map(GroupColumn::text)
            .collect(Collectors.joining(" and "));
    return times.isEmpty()
        ? Optional.empty()
        : Optional.of(
            TraceException.of(
                source,
                "exits were counted together where they were recorded, so that none has a time of"
                    + " its own",
                "do not group by " + times));
  }
}
