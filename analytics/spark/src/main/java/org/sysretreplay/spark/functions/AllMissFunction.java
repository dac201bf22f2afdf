package org.sysretreplay.spark.functions;

import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Internal;

/**
 * The function for every check that failed. Spark's generated code calls {@code invoke} with
 * unboxed columns.
 *
 * @param binding the function and the argument types of one call
 */
@Internal
public record AllMissFunction(Binding binding) implements Bound<ArrayData> {

  /** For a store's frame. */
  public static ArrayData invoke(
      UTF8String model,
      UTF8String path,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss) {
    return ResultTexts.allMisses(VerdictCalls.of(model, path, rip, rcx, r11, rflags, cs, ss));
  }

  /** For a store's frame with its cause. */
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
    return ResultTexts.allMisses(
        VerdictCalls.of(model, path, rip, rcx, r11, rflags, cs, ss, cause));
  }

  /** For a frame whose neighbours are not known. */
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
    return ResultTexts.allMisses(
        VerdictCalls.of(model, entry, nr, ret, rip, rcx, r11, rflags, cs, ss));
  }
}
