package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Verdict;

/**
 * The verdicts of two models, the base and the other, on the same frames: a count for every outcome
 * under the base, outcome under the other, and cause. Starts at zero; {@code plus} adds in place
 * and is associative and commutative, so that parts may be added up in any order. Not thread-safe.
 */
public final class Transitions implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final Cause[] CAUSES = Cause.values();

  /** The index of frames that have no cause; the causes follow in their own order. */
  private static final int NO_CAUSE = 0;

  private static final int KINDS = CAUSES.length + 1;

  private final long[] counts = new long[OUTCOMES.length * OUTCOMES.length * KINDS];

  /**
   * Frames that had the same two outcomes from the same cause.
   *
   * @param cause what keeps them from SYSRET; empty if they are fit for it
   * @param exits how many, at least one
   */
  public record Change(Outcome base, Outcome other, Optional<Cause> cause, long exits) {

    /** Whether they return by SYSRET under the other model only. */
    public boolean isNewHit() {
      return !base.isBySysret() && other.isBySysret();
    }

    /** Whether they return by SYSRET under the base only. */
    public boolean isLostHit() {
      return base.isBySysret() && !other.isBySysret();
    }

    /** Whether both models checked them and only the base missed. */
    public boolean isMissToHit() {
      return base == Outcome.IRET_MISS && other == Outcome.SYSRET;
    }

    /** Whether both models checked them and only the other missed. */
    public boolean isHitToMiss() {
      return base == Outcome.SYSRET && other == Outcome.IRET_MISS;
    }
  }

  /** Adds frames that have the same cause and the same two verdicts. */
  public Transitions plus(Verdict base, Verdict other, Optional<Cause> ofFrame, long count) {
    counts[index(base.outcome(), other.outcome(), kind(base, other, ofFrame))] += count;
    return this;
  }

  private static int kind(Verdict base, Verdict other, Optional<Cause> ofFrame) {
    if (base.firstMiss().isPresent()) {
      return kind(Cause.ofMiss(base, ofFrame));
    }
    if (other.firstMiss().isPresent()) {
      return kind(Cause.ofMiss(other, ofFrame));
    }
    return ofFrame.isPresent() ? kind(ofFrame.get()) : NO_CAUSE;
  }

  private static int kind(Cause cause) {
    return cause.ordinal() + 1;
  }

  private static int index(Outcome base, Outcome other, int kind) {
    return (base.ordinal() * OUTCOMES.length + other.ordinal()) * KINDS + kind;
  }

  /** Adds all counts of the other, which is not changed. */
  public Transitions plus(Transitions other) {
    Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
    return this;
  }

  /** All counts but zeros, in the order of the outcomes and causes. */
  public List<Change> all() {
    List<Change> all = new ArrayList<>();
    for (Outcome base : OUTCOMES) {
      for (Outcome other : OUTCOMES) {
        for (int kind = 0; kind < KINDS; kind++) {
          long exits = counts[index(base, other, kind)];
          if (exits > 0) {
            all.add(new Change(base, other, cause(kind), exits));
          }
        }
      }
    }
    return all;
  }

  private static Optional<Cause> cause(int kind) {
    return kind == NO_CAUSE ? Optional.empty() : CAUSES[kind - 1].present();
  }

  /** How many frames changed in a way that the predicate accepts. */
  public long count(Predicate<Change> which) {
    return all().stream().filter(which).mapToLong(Change::exits).sum();
  }

  /** The outcomes under the base. */
  public OutcomeCounts base() {
    return side(all().stream().map(it -> Map.entry(it.base(), it.exits())));
  }

  /** The outcomes under the other model. */
  public OutcomeCounts other() {
    return side(all().stream().map(it -> Map.entry(it.other(), it.exits())));
  }

  private static OutcomeCounts side(Stream<Map.Entry<Outcome, Long>> counts) {
    Map<Outcome, Long> sum = new HashMap<>();
    counts.forEach(it -> sum.merge(it.getKey(), it.getValue(), Long::sum));
    return new OutcomeCounts(sum);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Transitions transitions && Arrays.equals(counts, transitions.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return all().toString();
  }
}
