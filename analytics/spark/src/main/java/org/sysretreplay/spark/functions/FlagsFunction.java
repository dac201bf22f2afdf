package org.sysretreplay.spark.functions;

import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Internal;
import org.sysretreplay.emulator.Rflags;

/**
 * The set bits of RFLAGS by name. Code that Spark generates calls {@code invoke} with the columns
 * as they are.
 *
 * @param binding to the types of one call
 */
@Internal
public record FlagsFunction(Binding binding) implements Bound<UTF8String> {

  public static UTF8String invoke(long rflags) {
    return UTF8String.fromString(Rflags.describe(rflags));
  }
}
