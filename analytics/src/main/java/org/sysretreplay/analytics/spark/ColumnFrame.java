package org.sysretreplay.analytics.spark;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sysretreplay.analytics.FrameView;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.PtRegs;
import org.sysretreplay.emulator.Stage;

/**
 * One row of a batch of columns, moved from row to row: no object per frame. The frame is what was
 * returned to.
 */
class ColumnFrame implements FrameView, PtRegs {

  private final ScanColumns columns;
  private final Map<GroupColumn, ColumnVector> groups = new EnumMap<>(GroupColumn.class);
  private final KeyColumn<EntryPath> path =
      new KeyColumn<>("path", EntryPath.values(), EntryPath::key);
  private final KeyColumn<Stage> stage = new KeyColumn<>("stage", Stage.values(), Stage::key);
  private final KeyColumn<Cause> cause = new KeyColumn<>("cause", Cause.values(), Cause::key);
  private ColumnVector rip;
  private ColumnVector rcx;
  private ColumnVector r11;
  private ColumnVector rflags;
  private ColumnVector cs;
  private ColumnVector ss;
  private ColumnVector workload;
  private ColumnVector trace;
  private int row;

  ColumnFrame(ScanColumns columns) {
    this.columns = columns;
  }

  /** The view of the frames that the question is about. */
  static ColumnFrame of(ScanColumns columns) {
    return switch (columns.reading()) {
      case ASSEMBLED -> new ColumnFrame(columns);
      case AS_RECORDED -> new RecordedColumnFrame(columns);
    };
  }

  void moveTo(ColumnarBatch batch) {
    rip = columns.of(batch, "rip");
    rcx = columns.of(batch, "rcx");
    r11 = columns.of(batch, "r11");
    rflags = columns.of(batch, "rflags");
    cs = columns.of(batch, "cs");
    ss = columns.of(batch, "ss");
    path.moveTo(columns.of(batch, "path"));
    stage.moveTo(columns.of(batch, "stage"));
    cause.moveTo(columns.of(batch, "cause"));
    workload = columns.of(batch, "workload");
    trace = columns.of(batch, "trace");
    for (GroupColumn column : columns.by()) {
      groups.put(column, columns.of(batch, column.storeColumn()));
    }
  }

  void moveTo(int row) {
    this.row = row;
  }

  int row() {
    return row;
  }

  String workload() {
    return workload.getUTF8String(row).toString();
  }

  String trace() {
    return trace.getUTF8String(row).toString();
  }

  /** Whether the row is a return to user space at all. */
  boolean isExit() {
    return stage.get(row) != Stage.IN_KERNEL;
  }

  @Override
  public EntryPath path() {
    return path.get(row);
  }

  @Override
  public Optional<Cause> cause() {
    return cause.isNull(row) ? Optional.empty() : cause.get(row).present();
  }

  @Override
  public Stage stage() {
    return stage.get(row);
  }

  @Override
  public PtRegs registers() {
    return this;
  }

  @Override
  public Object value(GroupColumn column) {
    ColumnVector vector = groups.get(column);
    if (vector.isNullAt(row)) {
      return null;
    }
    return column.isText()
        ? vector.getUTF8String(row).toString()
        : (Object) column.ofStored(vector.getLong(row));
  }

  @Override
  public long rip() {
    return rip.getLong(row);
  }

  @Override
  public long rcx() {
    return rcx.getLong(row);
  }

  @Override
  public long r11() {
    return r11.getLong(row);
  }

  @Override
  public long rflags() {
    return rflags.getLong(row);
  }

  @Override
  public long cs() {
    return cs.getLong(row);
  }

  @Override
  public long ss() {
    return ss.getLong(row);
  }
}
