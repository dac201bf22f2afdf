package org.sysretreplay.spark.functions;

import java.util.OptionalDouble;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.emulator.Internal;
import org.sysretreplay.emulator.Verdict;

/**
 * The function for how much longer the return takes than one by SYSRET, estimated in nanoseconds.
 * Spark's generated code calls {@code invoke} with unboxed columns.
 *
 * @param binding the function and the argument types of one call
 */
@Internal
public record CostFunction(Binding binding) implements Bound<Double> {

  /** For a store's frame. */
  public static Double invoke(
      UTF8String model,
      UTF8String path,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss) {
    return cost(model, VerdictCalls.of(model, path, rip, rcx, r11, rflags, cs, ss));
  }

  /** For a store's frame with its cause. */
  public static Double invoke(
      UTF8String model,
      UTF8String path,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss,
      UTF8String cause) {
    return cost(model, VerdictCalls.of(model, path, rip, rcx, r11, rflags, cs, ss, cause));
  }

  /** For a frame whose neighbours are not known. */
  public static Double invoke(
      UTF8String model,
      UTF8String entry,
      Decimal nr,
      Decimal ret,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss) {
    return cost(model, VerdictCalls.of(model, entry, nr, ret, rip, rcx, r11, rflags, cs, ss));
  }

  private static Double cost(UTF8String model, Verdict verdict) {
    OptionalDouble nanos =
        CostModel.DEFAULT.beyondSysret(verdict.outcome(), ModelArgument.of(model).machine());
    return nanos.isPresent() ? nanos.getAsDouble() : null;
  }
}
