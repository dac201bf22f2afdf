package org.sysretreplay.spark.functions;

import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Internal;
import org.sysretreplay.emulator.Rflags;

/**
 * The function for the names of the set bits of RFLAGS. Spark's generated code calls {@code invoke}
 * with unboxed columns.
 *
 * @param binding the function and the argument types of one call
 */
@Internal
public record FlagsFunction(Binding binding) implements Bound<UTF8String> {

  public static UTF8String invoke(long rflags) {
    return UTF8String.fromString(Rflags.describe(rflags));
  }
}
