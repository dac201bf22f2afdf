package org.sysretreplay.spark.functions;

import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.analytics.report.SyscallNames;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.Internal;

/**
 * The function for the name of a syscall of 64-bit code. Spark's generated code calls {@code
 * invoke} with unboxed columns.
 *
 * @param binding the function and the argument types of one call
 */
@Internal
public record SyscallNameFunction(Binding binding) implements Bound<UTF8String> {

  /** The name; null if the number has none, and for 32-bit code, which has other numbers. */
  public static UTF8String invoke(long nr, UTF8String abi) {
    return FrameArguments.entry(abi) == EntryKind.COMPAT
        ? null
        : SyscallNames.of(nr).map(UTF8String::fromString).orElse(null);
  }
}
