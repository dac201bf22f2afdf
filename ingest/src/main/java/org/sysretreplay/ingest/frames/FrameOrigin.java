package org.sysretreplay.ingest.frames;

import static org.sysretreplay.ingest.frames.FrameColumn.*;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The origin of a Parquet file of frames, which decides which of its columns are read. */
public enum FrameOrigin {
  /** A store: all columns are read. */
  STORE(EnumSet.allOf(FrameColumn.class)),
  /** Any program: only the columns are read that are also fields of JSON lines. */
  TRACE(
      EnumSet.of(
          TS_NS, CPU, PID, TID, COMM, ENTRY, EVENT, NR, RET, RIP, RCX, R11, RFLAGS, CS, SS, RSP,
          RAX, COUNT));

  private final Set<FrameColumn> columns;

  FrameOrigin(Set<FrameColumn> columns) {
    this.columns = Collections.unmodifiableSet(columns);
  }

  /** The columns that are read; all others are ignored. */
  Set<FrameColumn> columns() {
    return columns;
  }
}
