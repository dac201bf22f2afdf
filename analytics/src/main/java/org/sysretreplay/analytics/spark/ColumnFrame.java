package org.sysretreplay.analytics.spark;

import java.util.EnumMap;
import java.util.Map;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.analytics.FrameView;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.PtRegs;
import org.sysretreplay.ingest.TraceException;

/** One row of a batch of columns, moved from row to row: no object per frame. */
final class ColumnFrame implements FrameView, PtRegs {

  private static final EntryKind[] ENTRIES = EntryKind.values();
  private static final UTF8String[] ENTRY_KEYS = new UTF8String[ENTRIES.length];

  static {
    for (EntryKind entry : ENTRIES) {
      ENTRY_KEYS[entry.ordinal()] = UTF8String.fromString(entry.key());
    }
  }

  private final ScanColumns columns;
  private final Map<GroupColumn, ColumnVector> groups = new EnumMap<>(GroupColumn.class);
  private ColumnVector rip;
  private ColumnVector rcx;
  private ColumnVector r11;
  private ColumnVector rflags;
  private ColumnVector cs;
  private ColumnVector ss;
  private ColumnVector entry;
  private ColumnVector workload;
  private int row;

  ColumnFrame(ScanColumns columns) {
    this.columns = columns;
  }

  void moveTo(ColumnarBatch batch) {
    rip = columns.of(batch, "rip");
    rcx = columns.of(batch, "rcx");
    r11 = columns.of(batch, "r11");
    rflags = columns.of(batch, "rflags");
    cs = columns.of(batch, "cs");
    ss = columns.of(batch, "ss");
    entry = columns.of(batch, "entry");
    workload = columns.of(batch, "workload");
    for (GroupColumn column : columns.by()) {
      groups.put(column, columns.of(batch, column.storeColumn()));
    }
  }

  void moveTo(int row) {
    this.row = row;
  }

  String workload() {
    return workload.getUTF8String(row).toString();
  }

  @Override
  public EntryKind entry() {
    UTF8String key = entry.getUTF8String(row);
    for (int i = 0; i < ENTRY_KEYS.length; i++) {
      if (ENTRY_KEYS[i].equals(key)) {
        return ENTRIES[i];
      }
    }
    throw TraceException.of("the store", "entry \"" + key + "\" is unknown", "ingest again");
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
