package org.sysretreplay.spark.functions;

import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Verdict;

/**
 * The verdict on a frame, in each of the ways in which functions of frames are called. Spark looks
 * for the methods that it calls in the very class of a function, so that each of those repeats
 * their parameters.
 */
final class Verdicts {

  private Verdicts() {}

  /** On a store's frame. */
  static Verdict of(
      UTF8String model,
      UTF8String path,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss) {
    return Judge.of(model).withoutCause().judge(Frames.path(path), rip, rcx, r11, rflags, cs, ss);
  }

  /** On a store's frame and what made it so. */
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
    return Judge.of(model)
        .judge(Frames.path(path), Frames.cause(cause), rip, rcx, r11, rflags, cs, ss);
  }

  /** On a frame that is taken at its word. */
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
    return Judge.of(model)
        .judge(Frames.alone(entry, nr, ret, new Registers(rip, rcx, r11, rflags, cs, ss)));
  }
}
