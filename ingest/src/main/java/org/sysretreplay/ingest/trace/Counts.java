package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * How many records a trace had, and what became of them.
 *
 * @param seen all records that the recorder wrote as samples, or all lines that hold one
 * @param lost samples that the recorder itself says it lost; they are not among the seen
 */
public record Counts(long seen, long accepted, long rejected, long ignored, long lost)
    implements Serializable {

  /** No records at all. */
  public static final Counts ZERO = new Counts(0, 0, 0, 0, 0);

  public Counts {
    if (seen != accepted + rejected + ignored) {
      throw new IllegalArgumentException(
          "seen %d is not accepted %d + rejected %d + ignored %d"
              .formatted(seen, accepted, rejected, ignored));
    }
  }

  /** Whether there were records and not one of them could be taken as a frame. */
  public boolean nothingAccepted() {
    return accepted == 0 && seen > 0;
  }

  /** The counts of both. */
  public Counts plus(Counts other) {
    return new Counts(
        seen + other.seen,
        accepted + other.accepted,
        rejected + other.rejected,
        ignored + other.ignored,
        lost + other.lost);
  }
}
