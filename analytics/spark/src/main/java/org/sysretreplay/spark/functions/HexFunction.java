package org.sysretreplay.spark.functions;

import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Internal;

/**
 * The function for the 64 bits of a number as {@code 0x} and hexadecimal digits. Spark's generated
 * code calls {@code invoke} with unboxed columns.
 *
 * @param binding the function and the argument types of one call
 */
@Internal
public record HexFunction(Binding binding) implements Bound<UTF8String> {

  public static UTF8String invoke(long u64) {
    return UTF8String.fromString(Hex.of(u64));
  }
}
