package org.sysretreplay.spark.functions;

import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.Internal;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Verdict;

/**
 * The function for what made the frame miss. Spark's generated code calls {@code invoke} with
 * unboxed columns.
 *
 * @param binding the function and the argument types of one call
 */
@Internal
public record CauseFunction(Binding binding) implements Bound<UTF8String> {

  /** For a store's frame with its cause. */
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
    return cause(
        ModelArgument.of(model),
        FrameArguments.stored(path, new Registers(rip, rcx, r11, rflags, cs, ss), cause));
  }

  /** For a frame whose neighbours are not known. */
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
    return cause(
        ModelArgument.of(model),
        FrameArguments.alone(entry, nr, ret, new Registers(rip, rcx, r11, rflags, cs, ss)));
  }

  private static UTF8String cause(ModelArgument judge, Exit exit) {
    Verdict verdict = judge.judge(exit);
    return verdict.firstMiss().isPresent()
        ? ResultTexts.cause(Cause.ofMiss(verdict, exit.cause()))
        : null;
  }
}
