package org.sysretreplay.analytics;

import java.util.OptionalDouble;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Outcome;

/**
 * The time that returns cost: an estimate from published figures, never a measurement (sheet
 * section 7).
 *
 * @param iretNanos how much longer IRET takes than SYSRET, in nanoseconds
 * @param gigahertz the processor's clock, if costs are to be shown in cycles as well
 * @param callNanos how long a whole call takes that returns by SYSRET, in nanoseconds
 */
public record CostModel(double iretNanos, OptionalDouble gigahertz, OptionalDouble callNanos) {

  /** "Nearly 80 ns" a syscall, says the seed mail. */
  public static final double SEED_MAIL_NANOS = 80;

  /** The default: the seed mail's figure. */
  public static final CostModel DEFAULT =
      new CostModel(SEED_MAIL_NANOS, OptionalDouble.empty(), OptionalDouble.empty());

  public CostModel {
    requirePositive(iretNanos);
    gigahertz.ifPresent(CostModel::requirePositive);
    callNanos.ifPresent(CostModel::requirePositive);
  }

  private static void requirePositive(double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(value + " is not a positive number");
    }
  }

  /**
   * How much longer a return of this outcome takes than one by SYSRET, in nanoseconds; 0 on a
   * machine where SYSRET saves no time, and empty for ERETU, whose cost is not established.
   */
  public OptionalDouble beyondSysret(Outcome outcome, Machine machine) {
    return outcome == Outcome.ERETU
        ? OptionalDouble.empty()
        : OptionalDouble.of(outcome.isByIret() && machine.savesTime() ? iretNanos : 0);
  }

  /**
   * How much time the tally's model saves, in nanoseconds: against a kernel that has no check, or,
   * if it runs under policies, against the same model without them. Negative if it is slower, and
   * empty where frames return by ERETU, whose cost is not established.
   */
  public OptionalDouble saved(Tally tally) {
    return isKnown(tally)
        ? OptionalDouble.of((tally.gained() - tally.lost()) * iretNanos)
        : OptionalDouble.empty();
  }

  /** How much longer the misses took than they would have by SYSRET, in nanoseconds in all. */
  public OptionalDouble missed(Tally tally) {
    return isKnown(tally)
        ? OptionalDouble.of(tally.slowMisses() * iretNanos)
        : OptionalDouble.empty();
  }

  /** How long an average call takes, in nanoseconds; empty unless {@link #callNanos} is given. */
  public OptionalDouble meanCall(Tally tally) {
    if (callNanos.isEmpty() || !isKnown(tally) || tally.exits() == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(callNanos.getAsDouble() + tally.slow() * iretNanos / tally.exits());
  }

  private static boolean isKnown(Tally tally) {
    return tally.count(Outcome.ERETU) == 0;
  }
}
