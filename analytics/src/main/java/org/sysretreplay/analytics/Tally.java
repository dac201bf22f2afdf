package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.sysretreplay.emulator.CarryOver;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Verdict;

/**
 * How often each outcome, miss reason, cause and stage occurred. Starts at zero; {@code plus} adds
 * in place and is associative and commutative, so that parts may be added up in any order. Not
 * thread-safe.
 */
public final class Tally implements Serializable {

  private static final long serialVersionUID = 5L;

  private static final int EXITS = 0;
  private static final int DOUBTS = 1;
  private static final int GAINED = 2;
  private static final int LOST = 3;
  private static final int POLICY_GAINED = 4;
  private static final int POLICY_LOST = 5;
  private static final int SLOW = 6;
  private static final int SLOW_MISSES = 7;
  private static final int OF_32_BIT_CODE = 8;
  private static final int OUTCOMES = 9;
  private static final int FIRST_MISS = OUTCOMES + Outcome.values().length;
  private static final int ANY_MISS = FIRST_MISS + MissReason.values().length;
  private static final int CAUSES = ANY_MISS + MissReason.values().length;
  private static final int STAGES = CAUSES + Cause.values().length;
  private static final int CARRIED_OVER = STAGES + Stage.values().length;
  private static final int COUNTS = CARRIED_OVER + Cause.values().length;

  /** One array, because tasks serialize a tally for every group (benchmark replay/all-models). */
  private final long[] counts = new long[COUNTS];

  /**
   * Adds the verdict on some frames.
   *
   * @param stage how sure it is that their registers are right
   * @param cause what keeps them from SYSRET, as the model sees them
   * @param kernel the verdict of the same kernel without the model's policies
   * @param count how many frames there are
   */
  public Tally plus(
      Stage stage, Optional<Cause> cause, Verdict verdict, Verdict kernel, long count) {
    counts[EXITS] += count;
    counts[OUTCOMES + verdict.outcome().ordinal()] += count;
    counts[STAGES + stage.ordinal()] += count;
    if (verdict.firstMiss().isPresent()) {
      counts[FIRST_MISS + verdict.firstMiss().get().ordinal()] += count;
      for (MissReason reason : verdict.allMisses()) {
        counts[ANY_MISS + reason.ordinal()] += count;
      }
      counts[CAUSES + Cause.ofMiss(verdict, cause).ordinal()] += count;
    } else if (verdict.doubt().isPresent()) {
      counts[DOUBTS] += count;
    }
    counts[POLICY_GAINED] += turns(kernel, verdict) * count;
    counts[POLICY_LOST] += turns(verdict, kernel) * count;
    return this;
  }

  /**
   * Counts frames that the recorded kernel changed and the model's kernel may have left as they
   * were.
   */
  public Tally plusCarriedOver(Cause cause, long count) {
    counts[CARRIED_OVER + cause.ordinal()] += count;
    return this;
  }

  /**
   * Counts the frames for the estimate of time; not to be called where a return by SYSRET is no
   * quicker than one by IRET.
   *
   * @param without the verdict that savings are measured against: that of a kernel without any
   *     check or, for a model under policies, of the model without them
   */
  public Tally plusTime(Verdict verdict, Verdict without, long count) {
    counts[GAINED] += turns(without, verdict) * count;
    counts[LOST] += turns(verdict, without) * count;
    counts[SLOW] += verdict.outcome().isByIret() ? count : 0;
    counts[SLOW_MISSES] += verdict.outcome() == Outcome.IRET_MISS ? count : 0;
    return this;
  }

  /** 1 if the frame returns by IRET in the first verdict and by SYSRET in the second, else 0. */
  private static int turns(Verdict from, Verdict to) {
    return from.outcome().isByIret() && to.outcome().isBySysret() ? 1 : 0;
  }

  /** Adds all counts of the other, which is not changed. */
  public Tally plus(Tally other) {
    for (int i = 0; i < COUNTS; i++) {
      counts[i] += other.counts[i];
    }
    return this;
  }

  /** Counts frames that system calls of 32-bit code left, for groups by number of syscall. */
  Tally plusOf32BitCode(long count) {
    counts[OF_32_BIT_CODE] += count;
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

  /**
   * The frames that system calls of 32-bit code left, which has its own numbers; 0 where the
   * question does not ask for the syscall.
   */
  public long of32BitCode() {
    return counts[OF_32_BIT_CODE];
  }

  /** The frames whose verdict is in doubt, because the trace does not show the whole return. */
  public long doubts() {
    return counts[DOUBTS];
  }

  /** The frames that return by IRET and would be quicker by SYSRET. */
  public long slow() {
    return counts[SLOW];
  }

  /** The slow frames that were checked. */
  public long slowMisses() {
    return counts[SLOW_MISSES];
  }

  /** The frames that save time: by SYSRET here, by IRET in what savings are measured against. */
  public long gained() {
    return counts[GAINED];
  }

  /** The frames that lose time: by IRET here, by SYSRET in what savings are measured against. */
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

  /** The share of the checked frames that returned by SYSRET. */
  public Ratio hitRate() {
    return new Ratio(count(Outcome.SYSRET), checked());
  }

  /**
   * How often each reason was the first to fail in the order of the model's checks; only reasons
   * that occurred.
   */
  public Map<MissReason, Long> firstMisses() {
    return occurred(MissReason.class, FIRST_MISS);
  }

  /** How often each reason applied, alone or with others; only reasons that occurred. */
  public Map<MissReason, Long> anyMisses() {
    return occurred(MissReason.class, ANY_MISS);
  }

  /** How often each cause made a frame miss; only causes that occurred. */
  public Map<Cause, Long> causes() {
    return occurred(Cause.class, CAUSES);
  }

  /**
   * How many frames of each cause the recorded kernel changed and the model's kernel may have left
   * as they were ({@link CarryOver#NOT_KNOWN}); only causes that occurred.
   */
  public Map<Cause, Long> carriedOver() {
    return occurred(Cause.class, CARRIED_OVER);
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
   * Checks that every exit has one outcome and one stage, and every miss one first reason and one
   * cause.
   *
   * @throws IllegalStateException if not
   */
  public void verify() {
    if (sum(OUTCOMES, FIRST_MISS) != exits() || sum(STAGES, CARRIED_OVER) != exits()) {
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
    return "%d exits, outcomes %s, first %s, any %s, causes %s, stages %s, carried over %s"
        .formatted(
            exits(),
            occurred(Outcome.class, OUTCOMES),
            firstMisses(),
            anyMisses(),
            causes(),
            occurred(Stage.class, STAGES),
            carriedOver());
  }
}
