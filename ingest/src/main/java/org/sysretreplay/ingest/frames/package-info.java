/**
 * Frames as rows of Parquet: which columns a frame has and what of it each holds, in which order
 * rows are written, and how a part file is laid out. {@link
 * org.sysretreplay.ingest.frames.FrameCodec} is the one way from a frame to a row and back.
 *
 * <p>In: {@link org.sysretreplay.emulator.ExitFrame}s in the order of their trace. Out: one Parquet
 * file. Units: registers are 64-bit patterns in signed columns, times nanoseconds. Errors: {@link
 * java.io.IOException} where a file cannot be written, {@link
 * org.sysretreplay.ingest.frames.FrameSchemaException} where one is none of frames, {@link
 * java.lang.IllegalArgumentException} where a row is none. Threads: a file is written by one
 * caller, and encodes beside it.
 */
@Internal
package org.sysretreplay.ingest.frames;

import org.sysretreplay.emulator.Internal;
