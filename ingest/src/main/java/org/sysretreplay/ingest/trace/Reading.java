package org.sysretreplay.ingest.trace;

/** How to read the events of a trace as frames: with or without what later events show of them. */
public enum Reading {
  /**
   * Each thread is followed through its events, and a frame has the registers that were really
   * returned to.
   */
  ASSEMBLED,
  /** Each event is a frame by itself, with the registers that it carried. */
  AS_RECORDED
}
