package org.sysretreplay.ingest.trace;

/** Whether something holds, as far as is known. */
public enum Fact {
  YES,
  NO,
  NOT_KNOWN;

  /** What is known to hold, or not to. */
  public static Fact of(boolean holds) {
    return holds ? YES : NO;
  }

  /** Whether it is known to hold. */
  public boolean isYes() {
    return this == YES;
  }

  /** Whether it is known not to hold. */
  public boolean isNo() {
    return this == NO;
  }
}
