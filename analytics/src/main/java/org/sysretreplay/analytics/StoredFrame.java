package org.sysretreplay.analytics;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.columnar.ColumnCursor;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.trace.Reading;

/** The whole frame in one row of a store. */
final class StoredFrame {

  private final FrameBatch batch;
  private final int row;

  private StoredFrame(FrameBatch batch, int row) {
    this.batch = batch;
    this.row = row;
  }

  /** The frame in a row that has all columns of the table {@code frames}. */
  static ExitFrame of(FrameBatch batch, int row, Reading reading) {
    StoredFrame stored = new StoredFrame(batch, row);
    return switch (reading) {
      case ASSEMBLED -> stored.assembled();
      case AS_RECORDED -> stored.asRecorded();
    };
  }

  private ExitFrame assembled() {
    Recorded returnedTo = state("");
    Stage stage = text("stage").flatMap(Stage::ofKey).orElseThrow();
    Optional<Cause> cause = text("cause").flatMap(Cause::ofKey);
    return frame(returnedTo, new Assembly(returnedTo.path(), stage, cause, recorded()));
  }

  private ExitFrame asRecorded() {
    Recorded seen = recorded().orElseGet(() -> state(""));
    return frame(seen, Assembly.alone(seen.entry(), seen.path(), seen.registers(), Stage.EARLY));
  }

  private ExitFrame frame(Recorded state, Assembly assembly) {
    return new ExitFrame(
        number("seq").orElseThrow(),
        number("ts_ns"),
        number("cpu"),
        new Task(number("pid"), number("tid"), text("comm")),
        state.entry(),
        text("event"),
        number("nr"),
        number("ret"),
        state.registers(),
        state.rsp(),
        state.rax(),
        assembly);
  }

  /** What the event alone shows, where its neighbours changed that. */
  private Optional<Recorded> recorded() {
    String prefix = "recorded_";
    return text(prefix + "path").map(it -> state(prefix));
  }

  private Recorded state(String prefix) {
    return new Recorded(
        text(prefix + "entry").flatMap(EntryKind::ofKey).orElseThrow(),
        text(prefix + "path").flatMap(EntryPath::ofKey).orElseThrow(),
        new Registers(
            number(prefix + "rip").orElseThrow(),
            number(prefix + "rcx").orElseThrow(),
            number(prefix + "r11").orElseThrow(),
            number(prefix + "rflags").orElseThrow(),
            number(prefix + "cs").orElseThrow(),
            number(prefix + "ss").orElseThrow()),
        number(prefix + "rsp"),
        number(prefix + "rax"));
  }

  private OptionalLong number(String column) {
    return batch.number(column(column), row);
  }

  private Optional<String> text(String column) {
    FrameColumn of = column(column);
    int code = batch.has(of) ? batch.codes(of)[row] : ColumnCursor.NULL;
    return Optional.ofNullable((String) batch.value(of, code));
  }

  private static FrameColumn column(String key) {
    return FrameColumn.valueOf(key.toUpperCase(Locale.ROOT));
  }
}
