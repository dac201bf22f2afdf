package org.sysretreplay.spark.functions;

import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.analytics.report.SyscallNames;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.Internal;

/**
 * The name of a syscall of 64-bit code. Code that Spark generates calls {@code invoke} with the
 * columns as they are.
 *
 * @param binding to the types of one call
 */
@Internal
public record SyscallNameFunction(Binding binding) implements Bound<UTF8String> {

  /** Null where the number has no name, and for 32-bit code, which has numbers of its own. */
  public static UTF8String invoke(long nr, UTF8String abi) {
    return Frames.entry(abi) == EntryKind.COMPAT
        ? null
        : SyscallNames.of(nr).map(UTF8String::fromString).orElse(null);
  }
}
