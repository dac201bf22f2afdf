package org.sysretreplay.analytics;

import java.io.Serializable;
import org.sysretreplay.ingest.trace.Counts;

/** What became of the records of an input; parts add up to the whole. */
public record Intake(Counts counts, RejectSummary rejects) implements Serializable {

  /** Of no input. */
  public static Intake zero() {
    return new Intake(Counts.ZERO, new RejectSummary());
  }

  /** Of both inputs; adds into this one's rejects. */
  public Intake plus(Intake other) {
    return new Intake(counts.plus(other.counts), rejects.plus(other.rejects));
  }

  /** Whether records were there and not one of them could be taken. */
  public boolean nothingAccepted() {
    return counts.nothingAccepted();
  }
}
