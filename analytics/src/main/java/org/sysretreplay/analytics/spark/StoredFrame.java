package org.sysretreplay.analytics.spark;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Row;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.trace.Reading;

/** The whole frame in one row of a store. */
final class StoredFrame {

  private final Row row;

  private StoredFrame(Row row) {
    this.row = row;
  }

  /** The frame in a row that has all columns of the table {@code frames}. */
  static ExitFrame of(Row row, Reading reading) {
    StoredFrame stored = new StoredFrame(row);
    return switch (reading) {
      case ASSEMBLED -> stored.assembled();
      case AS_RECORDED -> stored.asRecorded();
    };
  }

  private ExitFrame assembled() {
    Recorded returnedTo = state("");
    Stage stage = Stage.ofKey(row.getAs("stage")).orElseThrow();
    Optional<Cause> cause = text("cause").flatMap(Cause::ofKey);
    return frame(returnedTo, new Assembly(returnedTo.path(), stage, cause, recorded()));
  }

  private ExitFrame asRecorded() {
    Recorded seen = recorded().orElseGet(() -> state(""));
    return frame(seen, Assembly.alone(seen.entry(), seen.path(), seen.registers(), Stage.EARLY));
  }

  private ExitFrame frame(Recorded state, Assembly assembly) {
    return new ExitFrame(
        row.getAs("seq"),
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
        EntryKind.ofKey(row.getAs(prefix + "entry")).orElseThrow(),
        EntryPath.ofKey(row.getAs(prefix + "path")).orElseThrow(),
        new Registers(
            row.<Long>getAs(prefix + "rip"),
            row.<Long>getAs(prefix + "rcx"),
            row.<Long>getAs(prefix + "r11"),
            row.<Long>getAs(prefix + "rflags"),
            row.<Long>getAs(prefix + "cs"),
            row.<Long>getAs(prefix + "ss")),
        number(prefix + "rsp"),
        number(prefix + "rax"));
  }

  private OptionalLong number(String column) {
    Long value = row.getAs(column);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private Optional<String> text(String column) {
    return Optional.ofNullable(row.getAs(column));
  }
}
