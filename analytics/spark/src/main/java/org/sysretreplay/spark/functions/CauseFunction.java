package org.sysretreplay.spark.functions;

import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.Internal;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Verdict;

/**
 * What made the frame miss. Code that Spark generates calls {@code invoke} with the columns as they
 * are.
 *
 * @param binding to the types of one call
 */
@Internal
public record CauseFunction(Binding binding) implements Bound<UTF8String> {

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
    return cause(
        Judge.of(model), Frames.stored(path, new Registers(rip, rcx, r11, rflags, cs, ss), cause));
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
    return cause(
        Judge.of(model),
        Frames.alone(entry, nr, ret, new Registers(rip, rcx, r11, rflags, cs, ss)));
  }

  private static UTF8String cause(Judge judge, Exit exit) {
    Verdict verdict = judge.judge(exit);
    return verdict.firstMiss().isPresent()
        ? Texts.cause(Cause.ofMiss(verdict, exit.cause()))
        : null;
  }
}
