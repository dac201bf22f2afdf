package org.sysretreplay.emulator;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A model's verdict on one frame.
 *
 * @param firstMiss the first failing check in the model's own order; present exactly for {@link
 *     Outcome#IRET_MISS}
 * @param allMisses every check that fails, each judged on its own; unmodifiable
 * @param doubt what the trace cannot tell of this return; only with {@link Outcome#IRET_ROUTE}
 */
public record Verdict(
    Outcome outcome,
    Optional<MissReason> firstMiss,
    Set<MissReason> allMisses,
    Optional<Doubt> doubt) {

  public Verdict {
    allMisses = Set.copyOf(allMisses);
    if ((outcome == Outcome.IRET_MISS) != firstMiss.isPresent()) {
      throw new IllegalArgumentException("a first miss goes with IRET_MISS, not with " + outcome);
    }
    if (!firstMiss.map(allMisses::contains).orElse(allMisses.isEmpty())) {
      throw new IllegalArgumentException("first miss " + firstMiss + " is not in " + allMisses);
    }
    if (doubt.isPresent() && outcome != Outcome.IRET_ROUTE) {
      throw new IllegalArgumentException("doubt goes with IRET_ROUTE, not with " + outcome);
    }
  }

  /** The verdict on a frame that passed every check, or that reached none. */
  public static Verdict of(Outcome outcome) {
    return new Verdict(outcome, Optional.empty(), Set.of(), Optional.empty());
  }

  /** The verdict on a frame that failed some checks; {@code first} is one of {@code all}. */
  public static Verdict miss(MissReason first, EnumSet<MissReason> all) {
    return new Verdict(Outcome.IRET_MISS, Optional.of(first), all, Optional.empty());
  }

  /**
   * The verdict on a frame that never reaches the check, and whose return the trace does not tell.
   */
  public static Verdict doubtful(Doubt doubt) {
    return new Verdict(Outcome.IRET_ROUTE, Optional.empty(), Set.of(), Optional.of(doubt));
  }
}
