package org.sysretreplay.spark.functions;

import java.util.OptionalDouble;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Verdict;

/**
 * How much longer the return takes than by SYSRET, as an estimate in nanoseconds. Code that Spark
 * generates calls {@code invoke} with the columns as they are.
 *
 * @param binding to the types of one call
 */
public record CostFunction(Binding binding) implements Bound<Double> {

  /** Of a store's frame. */
  public static Double invoke(
      UTF8String model,
      UTF8String path,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss) {
    Judge judge = Judge.of(model).withoutCause();
    return cost(judge, judge.judge(Frames.path(path), rip, rcx, r11, rflags, cs, ss));
  }

  /** Of a store's frame and what made it so. */
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
    Judge judge = Judge.of(model);
    return cost(
        judge, judge.judge(Frames.path(path), Frames.cause(cause), rip, rcx, r11, rflags, cs, ss));
  }

  /** Of a frame that is taken at its word. */
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
    Judge judge = Judge.of(model);
    return cost(
        judge,
        judge.judge(Frames.alone(entry, nr, ret, new Registers(rip, rcx, r11, rflags, cs, ss))));
  }

  private static Double cost(Judge judge, Verdict verdict) {
    OptionalDouble nanos = CostModel.DEFAULT.beyondSysret(verdict.outcome(), judge.machine());
    return nanos.isPresent() ? nanos.getAsDouble() : null;
  }
}
