package org.sysretreplay.ingest.trace;

import java.util.OptionalLong;

/**
 * A mapping of executable code into a process, and the file that it comes from.
 *
 * @param since the start in nanoseconds on the recorder's clock; absent if the mapping was there
 *     before the recording, or the recording has no times
 * @param until when the process got an address space without the mapping, by execve or because its
 *     number went to another process; absent if that was not seen. perf does not record when a
 *     process unmaps something
 * @param start the first address, a 64-bit pattern
 * @param length the length in bytes, unsigned
 * @param offset the offset of the first byte in the file
 * @param path the file as the kernel names it; {@code [vdso]}, {@code //anon} and the like are no
 *     files
 */
public record ExecutableMap(
    long pid,
    OptionalLong since,
    OptionalLong until,
    long start,
    long length,
    long offset,
    String path) {}
