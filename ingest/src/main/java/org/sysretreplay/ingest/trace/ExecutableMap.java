package org.sysretreplay.ingest.trace;

import java.util.OptionalLong;

/**
 * Code that a process has mapped, and what it is mapped from.
 *
 * @param since from which time on, in nanoseconds on the recorder's clock; absent where it was
 *     there before the recording, or the recording does not tell times
 * @param until when the process got an address space without it, by execve or because its number
 *     went to another process; absent where that was not seen. What the process itself unmaps is
 *     not recorded
 * @param start the first address, a 64-bit pattern
 * @param length in bytes, unsigned
 * @param offset where in the file the first byte is
 * @param path the file as the kernel names it, as it was recorded; or what is no file, as {@code
 *     [vdso]} and {@code //anon}
 */
public record ExecutableMap(
    long pid,
    OptionalLong since,
    OptionalLong until,
    long start,
    long length,
    long offset,
    String path) {}
