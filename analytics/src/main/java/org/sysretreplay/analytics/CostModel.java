package org.sysretreplay.analytics;

import java.util.OptionalDouble;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Outcome;

/**
 * What returns cost in time, as an estimate from published figures and never as measured (sheet
 * section 7).
 *
 * @param iretNanos how much longer IRET takes than SYSRET, in nanoseconds
 * @param gigahertz the clock that nanoseconds are also shown as cycles of
 * @param callNanos what a call takes in all when it returns by SYSRET, in nanoseconds
 */
public record CostModel(double iretNanos, OptionalDouble gigahertz, OptionalDouble callNanos) {

  /** "Nearly 80 ns" a syscall, by the seed mail. */
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
   * How much longer a return of that outcome takes than by SYSRET, in nanoseconds; nothing on a
   * machine where SYSRET saves no time. Empty for ERETU, whose cost is not established.
   */
  public OptionalDouble beyondSysret(Outcome outcome, Machine machine) {
    return outcome == Outcome.ERETU
        ? OptionalDouble.empty()
        : OptionalDouble.of(outcome.isByIret() && machine.savesTime() ? iretNanos : 0);
  }

  /**
   * What the tally's model saves against a kernel that has no check, or a model under policies
   * against the model without them, in nanoseconds; negative where that is faster. Empty where
   * frames return by ERETU, whose cost is not established.
   */
  public OptionalDouble saved(Tally tally) {
    return isKnown(tally)
        ? OptionalDouble.of((tally.gained() - tally.lost()) * iretNanos)
        : OptionalDouble.empty();
  }

  /** What the checked frames that missed take longer than they would by SYSRET, in nanoseconds. */
  public OptionalDouble missed(Tally tally) {
    return isKnown(tally)
        ? OptionalDouble.of(tally.slowMisses() * iretNanos)
        : OptionalDouble.empty();
  }

  /** What an average call takes, in nanoseconds; empty without the time of a call by SYSRET. */
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
