package org.sysretreplay.ingest.frames;

import static org.sysretreplay.ingest.frames.FrameColumn.*;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Where a Parquet file of frames comes from, which decides what its columns are taken for. */
public enum FrameOrigin {
  /** A store: all columns count. */
  STORE(EnumSet.allOf(FrameColumn.class)),
  /** Any program: rows are frames at their word, and only the fields of JSON lines count. */
  TRACE(
      EnumSet.of(
          TS_NS, CPU, PID, TID, COMM, ENTRY, EVENT, NR, RET, RIP, RCX, R11, RFLAGS, CS, SS, RSP,
          RAX, COUNT));

  private final Set<FrameColumn> columns;

  FrameOrigin(Set<FrameColumn> columns) {
    this.columns = Collections.unmodifiableSet(columns);
  }

  /** The columns that count; all others are passed over. */
  Set<FrameColumn> columns() {
    return columns;
  }
}
