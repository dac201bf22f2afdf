package org.sysretreplay.analytics;

import java.io.Serializable;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;

/**
 * What became of the records of an input; parts add up to the whole.
 *
 * @param signs what the frames show of the machines that they were recorded on
 */
public record Intake(Counts counts, RejectSummary rejects, TraceSigns signs)
    implements Serializable {

  /** Of records whose frames show nothing, as far as was looked. */
  public Intake(Counts counts, RejectSummary rejects) {
    this(counts, rejects, TraceSigns.NONE);
  }

  /** Of no input. */
  public static Intake zero() {
    return new Intake(Counts.ZERO, new RejectSummary());
  }

  /** Of frames whose records are counted elsewhere. */
  public static Intake of(TraceSigns signs) {
    return new Intake(Counts.ZERO, new RejectSummary(), signs);
  }

  /**
   * What became of the records of a store's traces when they were read.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException where the rejects cannot be read
   */
  public static Intake of(StoreSnapshot store, Reading reading) {
    RejectSummary rejects = new RejectSummary();
    store.forEachReject(rejects::plus);
    return new Intake(store.counts(reading), rejects);
  }

  /** Of both inputs; adds into this one's rejects. */
  public Intake plus(Intake other) {
    return new Intake(
        counts.plus(other.counts), rejects.plus(other.rejects), signs.plus(other.signs));
  }

  /** Whether records were there and not one of them could be taken. */
  public boolean nothingAccepted() {
    return counts.nothingAccepted();
  }
}
