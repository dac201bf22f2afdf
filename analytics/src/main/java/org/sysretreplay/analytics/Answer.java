package org.sysretreplay.analytics;

import java.io.Serializable;
import org.sysretreplay.ingest.Counts;

/**
 * What a question came to: the tallies, and what became of the input's records. Answers over parts
 * of an input add up to the answer over all of it.
 */
public record Answer(TallyTable table, Counts counts, RejectSummary rejects)
    implements Serializable {

  /** The answer over no input. */
  public static Answer zero() {
    return new Answer(new TallyTable(), Counts.ZERO, new RejectSummary());
  }

  /** The answer over both inputs; adds into this one's tallies. */
  public Answer plus(Answer other) {
    return new Answer(
        table.plus(other.table), counts.plus(other.counts), rejects.plus(other.rejects));
  }
}
