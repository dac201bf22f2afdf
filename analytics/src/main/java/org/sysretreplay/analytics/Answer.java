package org.sysretreplay.analytics;

import java.io.Serializable;

/**
 * What a question came to: the tallies, and what became of the input's records. Answers over parts
 * of an input add up to the answer over all of it.
 */
public record Answer(TallyTable table, Intake intake) implements Serializable {

  /** The answer over no input. */
  public static Answer zero() {
    return new Answer(new TallyTable(), Intake.zero());
  }

  /** The answer over both inputs; adds into this one's tallies. */
  public Answer plus(Answer other) {
    return new Answer(table.plus(other.table), intake.plus(other.intake));
  }
}
