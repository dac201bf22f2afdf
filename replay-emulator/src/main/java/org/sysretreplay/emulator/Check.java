package org.sysretreplay.emulator;

import java.util.Objects;

/**
 * One test of a model, and the reason that a miss gets when it fails.
 *
 * @param sentence why the kernel tests this, for a reader of the model
 */
public record Check(MissReason reason, Condition condition, String sentence, Evidence evidence) {

  public Check {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(sentence, "sentence");
    Objects.requireNonNull(evidence, "evidence");
  }
}
