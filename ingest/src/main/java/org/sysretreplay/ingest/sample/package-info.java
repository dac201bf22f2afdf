/**
 * The model of all formats that record events: a sample, its fields and user registers, and its
 * interpretation as a frame, a reject or neither.
 *
 * <p>In: names and numbers as a format found them. Out: {@link
 * org.sysretreplay.ingest.sample.Sample}s, and for each a frame, a reject or neither. Units:
 * registers are 64-bit patterns, times nanoseconds. Errors: rejects, never exceptions. Threads: a
 * sample is made by one thread and read by another.
 */
@Internal
package org.sysretreplay.ingest.sample;

import org.sysretreplay.emulator.Internal;
