package org.sysretreplay.ingest.trace;

/** A statement that is true, false or not known to be either. */
public enum Fact {
  YES,
  NO,
  NOT_KNOWN;

  /** A statement that is known to be true or false. */
  public static Fact of(boolean holds) {
    return holds ? YES : NO;
  }

  /** Whether it is known to be true. */
  public boolean isYes() {
    return this == YES;
  }

  /** Whether it is known to be false. */
  public boolean isNo() {
    return this == NO;
  }
}
