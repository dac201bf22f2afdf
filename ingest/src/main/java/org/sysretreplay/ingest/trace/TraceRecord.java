package org.sysretreplay.ingest.trace;

import org.sysretreplay.emulator.ExitFrame;

/** One record of a trace, as it was read. Every record is exactly one of these. */
public sealed interface TraceRecord {

  /** A return to user space. */
  record Accepted(ExitFrame frame) implements TraceRecord {}

  /**
   * An interrupt that hit the kernel: it carries the registers of the syscall in progress, and
   * returns into the kernel (sheet 6.2). It counts as ignored.
   */
  record InKernel(ExitFrame frame) implements TraceRecord {}

  /** A record that should have been a frame and could not be read as one. */
  record Rejected(Reject reject) implements TraceRecord {}

  /** A sound record of an event that is no return to user space. */
  record Ignored() implements TraceRecord {
    /** The only instance that is needed. */
    public static final Ignored IGNORED = new Ignored();
  }
}
