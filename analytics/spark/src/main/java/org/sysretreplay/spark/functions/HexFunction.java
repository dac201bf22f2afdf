package org.sysretreplay.spark.functions;

import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Internal;

/**
 * The 64 bits of a number as {@code 0x} and hexadecimal digits. Code that Spark generates calls
 * {@code invoke} with the columns as they are.
 *
 * @param binding to the types of one call
 */
@Internal
public record HexFunction(Binding binding) implements Bound<UTF8String> {

  public static UTF8String invoke(long u64) {
    return UTF8String.fromString(Hex.of(u64));
  }
}
