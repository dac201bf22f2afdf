package org.sysretreplay.ingest.assembly;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.sysretreplay.ingest.trace.TraceRecord;

/**
 * Hands records on in the order in which they came. Records that follow an open frame wait until it
 * is closed; if too many wait, the oldest is closed with what is known.
 */
final class HeldRecords {

  private final ArrayDeque<HeldRecord> held = new ArrayDeque<>();
  private final Consumer<TraceRecord> to;
  private final int atMost;

  /**
   * No record is held yet.
   *
   * @param to takes each record once no frame before it is open
   * @param atMost the most records that wait
   */
  HeldRecords(Consumer<TraceRecord> to, int atMost) {
    this.to = to;
    this.atMost = atMost;
  }

  void hold(HeldRecord record) {
    held.add(record);
    if (held.size() > atMost) {
      closeEarly(held.element());
    }
  }

  /** Adds a record that is complete, and waits only for those before it. */
  void add(TraceRecord record) {
    if (held.isEmpty()) {
      to.accept(record);
    } else {
      hold(HeldRecord.of(record));
    }
  }

  /** Hands on all records up to the first open frame. */
  void handOn() {
    for (TraceRecord next = finished(); next != null; next = finished()) {
      held.remove();
      to.accept(next);
    }
  }

  /** The oldest record, if it is finished; else null. */
  private TraceRecord finished() {
    HeldRecord first = held.peek();
    return first == null ? null : first.record();
  }

  /** The end of the trace: closes what is open and hands everything on. */
  void end() {
    held.forEach(HeldRecords::closeEarly);
    handOn();
  }

  private static void closeEarly(HeldRecord record) {
    if (record instanceof OpenFrame frame && frame.isOpen()) {
      frame.close(false);
    }
  }
}
