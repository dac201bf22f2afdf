package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Verdict;

/**
 * How often each outcome and each miss reason occurred. Starts at zero; {@code plus} adds in place
 * and is associative and commutative, so that parts may be added up in any order. Not for use by
 * several threads.
 */
public final class Tally implements Serializable {

  private static final long serialVersionUID = 1L;

  private long exits;
  private final long[] outcomes = new long[Outcome.values().length];
  private final long[] firstMiss = new long[MissReason.values().length];
  private final long[] anyMiss = new long[MissReason.values().length];

  /** Adds one frame's verdict. */
  public Tally plus(Verdict verdict) {
    exits++;
    outcomes[verdict.outcome().ordinal()]++;
    if (verdict.firstMiss().isPresent()) {
      firstMiss[verdict.firstMiss().get().ordinal()]++;
      for (MissReason reason : verdict.allMisses()) {
        anyMiss[reason.ordinal()]++;
      }
    }
    return this;
  }

  /** Adds everything that the other has counted, which stays as it is. */
  public Tally plus(Tally other) {
    exits += other.exits;
    add(outcomes, other.outcomes);
    add(firstMiss, other.firstMiss);
    add(anyMiss, other.anyMiss);
    return this;
  }

  private static void add(long[] to, long[] from) {
    Arrays.setAll(to, i -> to[i] + from[i]);
  }

  /** All frames. */
  public long exits() {
    return exits;
  }

  public long count(Outcome outcome) {
    return outcomes[outcome.ordinal()];
  }

  /** The frames whose registers were checked. */
  public long checked() {
    return count(Outcome.SYSRET) + count(Outcome.IRET_MISS);
  }

  /** How many of the checked frames returned by SYSRET. */
  public Ratio hitRate() {
    return new Ratio(count(Outcome.SYSRET), checked());
  }

  /** How often each reason was the first in the model's order; only reasons that occurred. */
  public Map<MissReason, Long> firstMisses() {
    return occurred(firstMiss);
  }

  /** How often each reason held, alone or with others; only reasons that occurred. */
  public Map<MissReason, Long> anyMisses() {
    return occurred(anyMiss);
  }

  private static Map<MissReason, Long> occurred(long[] counts) {
    Map<MissReason, Long> map = new EnumMap<>(MissReason.class);
    for (MissReason reason : MissReason.values()) {
      if (counts[reason.ordinal()] > 0) {
        map.put(reason, counts[reason.ordinal()]);
      }
    }
    return map;
  }

  /**
   * Asserts what must hold of any tally: every exit has one outcome, and every miss one first
   * reason.
   */
  public void verify() {
    if (Arrays.stream(outcomes).sum() != exits) {
      throw new IllegalStateException("outcomes do not add up to the exits: " + this);
    }
    if (Arrays.stream(firstMiss).sum() != count(Outcome.IRET_MISS)) {
      throw new IllegalStateException("first misses do not add up to the misses: " + this);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tally tally
        && exits == tally.exits
        && Arrays.equals(outcomes, tally.outcomes)
        && Arrays.equals(firstMiss, tally.firstMiss)
        && Arrays.equals(anyMiss, tally.anyMiss);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(outcomes) * 31 + Arrays.hashCode(anyMiss);
  }

  @Override
  public String toString() {
    return "%d exits, outcomes %s, first %s, any %s"
        .formatted(exits, Arrays.toString(outcomes), firstMisses(), anyMisses());
  }
}
