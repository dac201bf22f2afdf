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

  private static final long serialVersionUID = 4L;

  private static final int EXITS = 0;
  private static final int DOUBTS = 1;
  private static final int GAINED = 2;
  private static final int LOST = 3;
  private static final int POLICY_GAINED = 4;
  private static final int POLICY_LOST = 5;
  private static final int SLOW = 6;
  private static final int SLOW_MISSES = 7;
  private static final int OUTCOMES = 8;
  private static final int FIRST_MISS = OUTCOMES + Outcome.values().length;
  private static final int ANY_MISS = FIRST_MISS + MissReason.values().length;
  private static final int CAUSES = ANY_MISS + MissReason.values().length;
  private static final int STAGES = CAUSES + Cause.values().length;
  private static final int COUNTS = STAGES + Stage.values().length;

  /** One array: a tally of every group leaves a task (benchmark replay/all-models). */
  private final long[] counts = new long[COUNTS];

  /**
   * Adds the verdict on some frames.
   *
   * @param frame any of them: they are alike in all that is counted
   * @param kernel what the model's real kernel does with them, without the model's policies
   * @param count how many frames there are
   */
  public Tally plus(FrameView frame, Verdict verdict, Verdict kernel, long count) {
    counts[EXITS] += count;
    counts[OUTCOMES + verdict.outcome().ordinal()] += count;
    counts[STAGES + frame.stage().ordinal()] += count;
    if (verdict.firstMiss().isPresent()) {
      counts[FIRST_MISS + verdict.firstMiss().get().ordinal()] += count;
      for (MissReason reason : verdict.allMisses()) {
        counts[ANY_MISS + reason.ordinal()] += count;
      }
      counts[CAUSES + Cause.ofMiss(verdict, frame.cause()).ordinal()] += count;
    } else if (verdict.doubt().isPresent()) {
      counts[DOUBTS] += count;
    }
    counts[POLICY_GAINED] += turns(kernel, verdict) * count;
    counts[POLICY_LOST] += turns(verdict, kernel) * count;
    return this;
  }

  /**
   * Counts what the frames take in time; not for those of a machine where a return by SYSRET is no
   * quicker than one by IRET.
   *
   * @param legacy what a kernel without any check would have done with them
   */
  public Tally plusTime(Verdict verdict, Verdict legacy, long count) {
    counts[GAINED] += turns(legacy, verdict) * count;
    counts[LOST] += turns(verdict, legacy) * count;
    counts[SLOW] += verdict.outcome().isByIret() ? count : 0;
    counts[SLOW_MISSES] += verdict.outcome() == Outcome.IRET_MISS ? count : 0;
    return this;
  }

  /** 1 where the frame goes from IRET to SYSRET between the two, else 0. */
  private static int turns(Verdict from, Verdict to) {
    return from.outcome().isByIret() && to.outcome().isBySysret() ? 1 : 0;
  }

  /** Adds everything that the other has counted, which stays as it is. */
  public Tally plus(Tally other) {
    for (int i = 0; i < COUNTS; i++) {
      counts[i] += other.counts[i];
    }
    return this;
  }

  /** All frames. */
  public long exits() {
    return counts[EXITS];
  }

  public long count(Outcome outcome) {
    return counts[OUTCOMES + outcome.ordinal()];
  }

  public long count(Stage stage) {
    return counts[STAGES + stage.ordinal()];
  }

  /** The frames of which the trace does not tell all of the way back. */
  public long doubts() {
    return counts[DOUBTS];
  }

  /** The frames that return by IRET and would be quicker by SYSRET. */
  public long slow() {
    return counts[SLOW];
  }

  /** Those of them that were checked. */
  public long slowMisses() {
    return counts[SLOW_MISSES];
  }

  /** The frames that return quicker by SYSRET, and by IRET under a kernel that has no check. */
  public long gained() {
    return counts[GAINED];
  }

  /** The frames that return slower by IRET, and by SYSRET under a kernel that has no check. */
  public long lost() {
    return counts[LOST];
  }

  /** The frames that return by SYSRET only because of the model's policies. */
  public long policyGained() {
    return counts[POLICY_GAINED];
  }

  /** The frames that return by IRET only because of the model's policies. */
  public long policyLost() {
    return counts[POLICY_LOST];
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
    return occurred(MissReason.class, FIRST_MISS);
  }

  /** How often each reason held, alone or with others; only reasons that occurred. */
  public Map<MissReason, Long> anyMisses() {
    return occurred(MissReason.class, ANY_MISS);
  }

  /** How often each cause made a frame miss; only causes that occurred. */
  public Map<Cause, Long> causes() {
    return occurred(Cause.class, CAUSES);
  }

  private <E extends Enum<E>> Map<E, Long> occurred(Class<E> type, int first) {
    Map<E, Long> map = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      long count = counts[first + constant.ordinal()];
      if (count > 0) {
        map.put(constant, count);
      }
    }
    return map;
  }

  /**
   * Asserts what must hold of any tally: every exit has one outcome and one stage, and every miss
   * one first reason and one cause.
   */
  public void verify() {
    if (sum(OUTCOMES, FIRST_MISS) != exits() || sum(STAGES, COUNTS) != exits()) {
      throw new IllegalStateException("outcomes do not add up to the exits: " + this);
    }
    if (sum(FIRST_MISS, ANY_MISS) != count(Outcome.IRET_MISS)) {
      throw new IllegalStateException("first misses do not add up to the misses: " + this);
    }
    if (sum(CAUSES, STAGES) != count(Outcome.IRET_MISS)) {
      throw new IllegalStateException("causes do not add up to the misses: " + this);
    }
  }

  private long sum(int from, int to) {
    return Arrays.stream(counts, from, to).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tally tally && Arrays.equals(counts, tally.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "%d exits, outcomes %s, first %s, any %s, causes %s, stages %s"
        .formatted(
            exits(),
            occurred(Outcome.class, OUTCOMES),
            firstMisses(),
            anyMisses(),
            causes(),
            occurred(Stage.class, STAGES));
  }
}
