package org.sysretreplay.spark.functions;

import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Internal;

/**
 * How the frame leaves the kernel. Code that Spark generates calls {@code invoke} with the columns
 * as they are.
 *
 * @param binding to the types of one call
 */
@Internal
public record OutcomeFunction(Binding binding) implements Bound<UTF8String> {

  /** Of a store's frame. */
  public static UTF8String invoke(
      UTF8String model,
      UTF8String path,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss) {
    return Texts.outcome(Verdicts.of(model, path, rip, rcx, r11, rflags, cs, ss));
  }

  /** Of a store's frame and what made it so. */
  public static UTF8String invoke(
      UTF8String model,
      UTF8String path,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss,
      UTF8String cause) {
    return Texts.outcome(Verdicts.of(model, path, rip, rcx, r11, rflags, cs, ss, cause));
  }

  /** Of a frame that is taken at its word. */
  public static UTF8String invoke(
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
    return Texts.outcome(Verdicts.of(model, entry, nr, ret, rip, rcx, r11, rflags, cs, ss));
  }
}
