package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Verdict;

/**
 * How often each outcome, miss reason, cause and stage occurred. Starts at zero; {@code plus} adds
 * in place and is associative and commutative, so that parts may be added up in any order. Not for
 * use by several threads.
 */
public final class Tally implements Serializable {

  private static final long serialVersionUID = 2L;

  private long exits;
  private long doubts;
  private long gained;
  private long lost;
  private long policyGained;
  private long policyLost;
  private final long[] outcomes = new long[Outcome.values().length];
  private final long[] firstMiss = new long[MissReason.values().length];
  private final long[] anyMiss = new long[MissReason.values().length];
  private final long[] causes = new long[Cause.values().length];
  private final long[] stages = new long[Stage.values().length];

  /**
   * Adds the verdict on some frames.
   *
   * @param frame any of them: they are alike in all that is counted
   * @param legacy what a kernel without any check would have done with them
   * @param kernel what the model's real kernel does with them, without the model's policies
   * @param count how many frames there are
   */
  public Tally plus(FrameView frame, Verdict verdict, Verdict legacy, Verdict kernel, long count) {
    exits += count;
    outcomes[verdict.outcome().ordinal()] += count;
    stages[frame.stage().ordinal()] += count;
    if (verdict.firstMiss().isPresent()) {
      firstMiss[verdict.firstMiss().get().ordinal()] += count;
      for (MissReason reason : verdict.allMisses()) {
        anyMiss[reason.ordinal()] += count;
      }
      causes[Cause.ofMiss(verdict, frame.cause()).ordinal()] += count;
    } else if (verdict.doubt().isPresent()) {
      doubts += count;
    }
    gained += turns(legacy, verdict) * count;
    lost += turns(verdict, legacy) * count;
    policyGained += turns(kernel, verdict) * count;
    policyLost += turns(verdict, kernel) * count;
    return this;
  }

  /** 1 where the frame goes from IRET to SYSRET between the two, else 0. */
  private static int turns(Verdict from, Verdict to) {
    return isIret(from.outcome()) && isSysret(to.outcome()) ? 1 : 0;
  }

  private static boolean isSysret(Outcome outcome) {
    return outcome == Outcome.SYSRET || outcome == Outcome.FAST_SYSRET;
  }

  private static boolean isIret(Outcome outcome) {
    return outcome == Outcome.IRET_MISS || outcome == Outcome.IRET_ROUTE;
  }

  /** Adds everything that the other has counted, which stays as it is. */
  public Tally plus(Tally other) {
    exits += other.exits;
    doubts += other.doubts;
    gained += other.gained;
    lost += other.lost;
    policyGained += other.policyGained;
    policyLost += other.policyLost;
    add(outcomes, other.outcomes);
    add(firstMiss, other.firstMiss);
    add(anyMiss, other.anyMiss);
    add(causes, other.causes);
    add(stages, other.stages);
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

  public long count(Stage stage) {
    return stages[stage.ordinal()];
  }

  /** The frames of which the trace does not tell all of the way back. */
  public long doubts() {
    return doubts;
  }

  /** The frames that return by SYSRET, and by IRET under a kernel that has no check. */
  public long gained() {
    return gained;
  }

  /** The frames that return by IRET, and by SYSRET under a kernel that has no check. */
  public long lost() {
    return lost;
  }

  /** The frames that return by SYSRET only because of the model's policies. */
  public long policyGained() {
    return policyGained;
  }

  /** The frames that return by IRET only because of the model's policies. */
  public long policyLost() {
    return policyLost;
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
    return occurred(MissReason.class, firstMiss);
  }

  /** How often each reason held, alone or with others; only reasons that occurred. */
  public Map<MissReason, Long> anyMisses() {
    return occurred(MissReason.class, anyMiss);
  }

  /** How often each cause made a frame miss; only causes that occurred. */
  public Map<Cause, Long> causes() {
    return occurred(Cause.class, causes);
  }

  private static <E extends Enum<E>> Map<E, Long> occurred(Class<E> type, long[] counts) {
    Map<E, Long> map = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      if (counts[constant.ordinal()] > 0) {
        map.put(constant, counts[constant.ordinal()]);
      }
    }
    return map;
  }

  /**
   * Asserts what must hold of any tally: every exit has one outcome and one stage, and every miss
   * one first reason and one cause.
   */
  public void verify() {
    if (Arrays.stream(outcomes).sum() != exits || Arrays.stream(stages).sum() != exits) {
      throw new IllegalStateException("outcomes do not add up to the exits: " + this);
    }
    if (Arrays.stream(firstMiss).sum() != count(Outcome.IRET_MISS)) {
      throw new IllegalStateException("first misses do not add up to the misses: " + this);
    }
    if (Arrays.stream(causes).sum() != count(Outcome.IRET_MISS)) {
      throw new IllegalStateException("causes do not add up to the misses: " + this);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tally tally
        && exits == tally.exits
        && doubts == tally.doubts
        && gained == tally.gained
        && lost == tally.lost
        && policyGained == tally.policyGained
        && policyLost == tally.policyLost
        && Arrays.equals(outcomes, tally.outcomes)
        && Arrays.equals(firstMiss, tally.firstMiss)
        && Arrays.equals(anyMiss, tally.anyMiss)
        && Arrays.equals(causes, tally.causes)
        && Arrays.equals(stages, tally.stages);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(outcomes) * 31 + Arrays.hashCode(anyMiss);
  }

  @Override
  public String toString() {
    return "%d exits, outcomes %s, first %s, any %s, causes %s, stages %s"
        .formatted(
            exits,
            Arrays.toString(outcomes),
            firstMisses(),
            anyMisses(),
            causes(),
            Arrays.toString(stages));
  }
}
