package org.sysretreplay.ingest.assembly;

import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;

/**
 * A record that waits for its turn: finished, or a frame that waits for its thread's next event.
 */
sealed interface HeldRecord permits OpenFrame, HeldRecord.Closed {

  /** The finished record; null while the frame is open. */
  TraceRecord record();

  /** A finished record, which waits only for those before it. */
  record Closed(TraceRecord record) implements HeldRecord {

    /** Shared, because half of all records are ignored. */
    private static final Closed IGNORED = new Closed(Ignored.IGNORED);
  }

  /** Holds a record that is finished. */
  static HeldRecord of(TraceRecord record) {
    return record instanceof Ignored ? Closed.IGNORED : new Closed(record);
  }
}
