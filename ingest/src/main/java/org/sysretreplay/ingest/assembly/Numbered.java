package org.sysretreplay.ingest.assembly;

import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Stage;
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
}
