package org.sysretreplay.spark.functions;

import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Verdict;

/**
 * The verdict on a frame for each way in which functions of frames are called. Every function's
 * class repeats the parameters, because Spark looks for the method to call in that class itself.
 */
final class VerdictCalls {

  private VerdictCalls() {}

  /** The verdict on a store's frame. */
  static Verdict of(
      UTF8String model,
      UTF8String path,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss) {
    return ModelArgument.of(model)
        .withoutCause()
        .judge(FrameArguments.path(path), rip, rcx, r11, rflags, cs, ss);
  }

  /** The verdict on a store's frame with its cause. */
  static Verdict of(
      UTF8String model,
      UTF8String path,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss,
      UTF8String cause) {
    return ModelArgument.of(model)
        .judge(
            FrameArguments.path(path), FrameArguments.cause(cause), rip, rcx, r11, rflags, cs, ss);
  }

  /** The verdict on a frame whose neighbours are not known. */
  static Verdict of(
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
    return ModelArgument.of(model)
        .judge(FrameArguments.alone(entry, nr, ret, new Registers(rip, rcx, r11, rflags, cs, ss)));
  }
}
