package org.sysretreplay.ingest.assembly;

import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/** Gives frames that are judged by themselves their numbers. */
final class Numbered {

  private Numbered() {}

  /** The frame with that number, as an early one; the same object if it is that already. */
  static Accepted early(Accepted exit, long number) {
    ExitFrame frame = exit.frame();
    boolean early = frame.assembly().stage() == Stage.EARLY;
    return early && frame.seq() == number ? exit : new Accepted(frame.early().numbered(number));
  }

  /**
   * The frame with that number, as an early one of which no other event is known. That it is a
   * child's first return shows in itself; other frames need no copy (benchmark
   * process/check-exits-only).
   */
  static TraceRecord alone(Accepted exit, long number) {
    return CallExit.isOfNewTask(exit.frame()) ? ofChild(exit.frame(), number) : early(exit, number);
  }

  private static TraceRecord ofChild(ExitFrame frame, long number) {
    CallExit exit = new CallExit(frame, null);
    OpenFrame open =
        new OpenFrame(frame, number, exit.entry(), exit.path(false), exit.syscall(), false, false);
    open.close(false);
    return open.record();
  }
}
