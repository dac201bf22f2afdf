package org.sysretreplay.analytics.spark;

import java.util.Optional;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Circumstances;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.PtRegs;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;

/** The same row as its event alone shows it. */
final class RecordedColumnFrame extends ColumnFrame {

  private final ScanColumns columns;
  private final KeyColumn<EntryKind> entry =
      new KeyColumn<>("entry", EntryKind.values(), EntryKind::key);
  private final KeyColumn<EntryKind> recordedEntry =
      new KeyColumn<>("recorded_entry", EntryKind.values(), EntryKind::key);
  private final KeyColumn<EntryPath> recordedPath =
      new KeyColumn<>("recorded_path", EntryPath.values(), EntryPath::key);
  private final ColumnVector[] recorded = new ColumnVector[Register.values().length];

  RecordedColumnFrame(ScanColumns columns) {
    super(columns);
    this.columns = columns;
  }

  @Override
  void moveTo(ColumnarBatch batch) {
    super.moveTo(batch);
    entry.moveTo(columns.of(batch, "entry"));
    recordedEntry.moveTo(columns.recorded(batch, "entry"));
    recordedPath.moveTo(columns.recorded(batch, "path"));
    for (Register register : Register.values()) {
      recorded[register.ordinal()] = columns.recorded(batch, register.key());
    }
  }

  @Override
  boolean isExit() {
    return true;
  }

  private boolean isChanged() {
    return !recordedPath.isNull(row());
  }

  private EntryKind entry() {
    return isChanged() ? recordedEntry.get(row()) : entry.get(row());
  }

  @Override
  public EntryPath path() {
    return isChanged() ? recordedPath.get(row()) : super.path();
  }

  @Override
  public Stage stage() {
    return Stage.EARLY;
  }

  @Override
  public Optional<Cause> cause() {
    return Cause.of(Circumstances.alone(entry(), path(), frame()));
  }

  @Override
  public PtRegs registers() {
    return frame();
  }

  private Registers frame() {
    Registers assembled = new Registers(rip(), rcx(), r11(), rflags(), cs(), ss());
    return isChanged()
        ? new Registers(
            recorded(Register.RIP),
            recorded(Register.RCX),
            recorded(Register.R11),
            recorded(Register.RFLAGS),
            recorded(Register.CS),
            recorded(Register.SS))
        : assembled;
  }

  private long recorded(Register register) {
    return recorded[register.ordinal()].getLong(row());
  }

  @Override
  public Object value(GroupColumn column) {
    return switch (column) {
      case ENTRY -> entry().key();
      case STAGE -> stage().key();
      default -> super.value(column);
    };
  }
}
