package org.sysretreplay.ingest.assembly;

import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/** Gives frames their numbers. */
final class Numbered {

  private Numbered() {}

  /** The same frame with that number; the same object if it has it already. */
  static Accepted of(Accepted exit, long number) {
    return exit.frame().seq() == number ? exit : new Accepted(exit.frame().numbered(number));
  }
}
