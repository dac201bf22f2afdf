package org.sysretreplay.spark.functions;

import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Internal;

/**
 * Every check that failed. Code that Spark generates calls {@code invoke} with the columns as they
 * are.
 *
 * @param binding to the types of one call
 */
@Internal
public record AllMissFunction(Binding binding) implements Bound<ArrayData> {

  /** Of a store's frame. */
  public static ArrayData invoke(
      UTF8String model,
      UTF8String path,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss) {
    return Texts.allMisses(Verdicts.of(model, path, rip, rcx, r11, rflags, cs, ss));
  }

  /** Of a store's frame and what made it so. */
  public static ArrayData invoke(
      UTF8String model,
      UTF8String path,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss,
      UTF8String cause) {
    return Texts.allMisses(Verdicts.of(model, path, rip, rcx, r11, rflags, cs, ss, cause));
  }

  /** Of a frame that is taken at its word. */
  public static ArrayData invoke(
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
    return Texts.allMisses(Verdicts.of(model, entry, nr, ret, rip, rcx, r11, rflags, cs, ss));
  }
}
