package org.sysretreplay.analytics;

import java.io.Serializable;

/**
 * What two models made of an input's frames, and what became of its records. Answers over parts of
 * an input add up to the answer over all of it.
 */
public record TransitionAnswer(TransitionTable table, Intake intake) implements Serializable {

  /** The answer over no input. */
  public static TransitionAnswer zero() {
    return new TransitionAnswer(new TransitionTable(), Intake.zero());
  }

  /** The answer over both inputs; adds into this one's transitions. */
  public TransitionAnswer plus(TransitionAnswer next) {
    return new TransitionAnswer(table.plus(next.table), intake.plus(next.intake));
  }
}
