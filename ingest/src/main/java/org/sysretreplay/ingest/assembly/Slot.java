package org.sysretreplay.ingest.assembly;

import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;

/** A record in its turn: closed, or a frame that waits for its thread's next event. */
sealed interface Slot permits OpenFrame, Slot.Closed {

  /** What is handed on; null as long as the slot is open. */
  TraceRecord record();

  /** A record that waits for those before it only. */
  record Closed(TraceRecord record) implements Slot {

    /** Shared, because half of all records are ignored. */
    private static final Closed IGNORED = new Closed(Ignored.IGNORED);
  }

  /** The slot of a record that nothing changes any more. */
  static Slot of(TraceRecord record) {
    return record instanceof Ignored ? Closed.IGNORED : new Closed(record);
  }
}
