package org.sysretreplay.ingest.assembly;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.sysretreplay.ingest.trace.TraceRecord;

/**
 * Records in the order in which they came. What follows an open frame waits for it; when too many
 * wait, the oldest is closed with what is known.
 */
final class HeldRecords {

  private final ArrayDeque<Slot> held = new ArrayDeque<>();
  private final Consumer<TraceRecord> to;
  private final int atMost;

  /**
   * None so far.
   *
   * @param to what takes them when nothing before them is open
   * @param atMost how many wait at most
   */
  HeldRecords(Consumer<TraceRecord> to, int atMost) {
    this.to = to;
    this.atMost = atMost;
  }

  void hold(Slot slot) {
    held.add(slot);
    if (held.size() > atMost) {
      closeEarly(held.element());
    }
  }

  /** A record that waits for those before it only. */
  void add(TraceRecord record) {
    if (held.isEmpty()) {
      to.accept(record);
    } else {
      hold(Slot.of(record));
    }
  }

  /** Hands on all that wait for nothing any more. */
  void handOn() {
    Slot first = held.peek();
    while (first != null && first.record() != null) {
      to.accept(first.record());
      held.remove();
      first = held.peek();
    }
  }

  /** Nothing comes any more: closes what is open and hands on all. */
  void end() {
    held.forEach(HeldRecords::closeEarly);
    handOn();
  }

  private static void closeEarly(Slot slot) {
    if (slot instanceof OpenFrame frame && frame.isOpen()) {
      frame.close(false);
    }
  }
}
