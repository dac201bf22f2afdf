package org.sysretreplay.ingest.assembly;

import java.util.Optional;
import org.sysretreplay.ingest.TraceRecord;
import org.sysretreplay.ingest.TraceRecord.Accepted;
import org.sysretreplay.ingest.TraceRecord.InKernel;

/** A record in its turn: closed, or a frame that waits for its thread's next event. */
final class Slot {

  private Optional<OpenFrame> open;
  private TraceRecord record;

  private Slot(Optional<OpenFrame> open, TraceRecord record) {
    this.open = open;
    this.record = record;
  }

  static Slot of(OpenFrame frame) {
    return new Slot(Optional.of(frame), null);
  }

  static Slot of(TraceRecord record) {
    return new Slot(Optional.empty(), record);
  }

  /** The frame, as long as it is open. */
  Optional<OpenFrame> open() {
    return open;
  }

  /** What is handed on; only of a closed slot. */
  TraceRecord record() {
    return record;
  }

  /** The frame is what it has become. */
  void close(boolean followed) {
    record = new Accepted(open.orElseThrow().close(followed));
    open = Optional.empty();
  }

  /** The frame was none. */
  void closeInKernel() {
    record = new InKernel(open.orElseThrow().inKernel());
    open = Optional.empty();
  }
}
