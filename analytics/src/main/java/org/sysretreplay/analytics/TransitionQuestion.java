package org.sysretreplay.analytics;

import java.io.Serializable;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;

/**
 * A question to every frame: what do two models make of you?
 *
 * @param base one model, or one for each trace
 * @param other one model, or one for each trace
 */
public record TransitionQuestion(
    Question.Models base, Question.Models other, Machine machine, Reading reading)
    implements Serializable {

  public TransitionQuestion {
    requireOne(base);
    requireOne(other);
  }

  private static void requireOne(Question.Models models) {
    if (!models.isByTrace() && models.ids().size() != 1) {
      throw new IllegalArgumentException("not one model on a side: " + models.ids());
    }
  }
}
