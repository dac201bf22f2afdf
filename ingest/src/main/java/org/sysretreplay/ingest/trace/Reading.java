package org.sysretreplay.ingest.trace;

/** How the events of a trace become frames. */
public enum Reading {
  /** Each thread is followed through its events, and a frame is what was really returned to. */
  ASSEMBLED,
  /** Each event is a frame by itself, with the registers that it carried. */
  AS_RECORDED
}
