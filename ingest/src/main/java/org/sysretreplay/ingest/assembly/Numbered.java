package org.sysretreplay.ingest.assembly;

import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/** Frames with their numbers. */
final class Numbered {

  private Numbered() {}

  /** The frame with that number: itself, where it has it already. */
  static Accepted of(Accepted exit, long number) {
    return exit.frame().seq() == number ? exit : new Accepted(exit.frame().numbered(number));
  }
}
