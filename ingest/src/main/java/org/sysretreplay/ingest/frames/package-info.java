/**
 * Frames as rows of Parquet: the columns of a frame, the order in which rows are written, and the
 * layout of a part file. {@link org.sysretreplay.ingest.frames.FrameCodec} converts frames to rows
 * and back.
 *
 * <p>In: {@link org.sysretreplay.emulator.ExitFrame}s in the order of their trace. Out: one Parquet
 * file. Units: registers are 64-bit patterns in signed columns, times nanoseconds. Errors: {@link
 * java.io.IOException} if a file cannot be written, {@link
 * org.sysretreplay.ingest.frames.FrameSchemaException} if it does not hold frames, {@link
 * java.lang.IllegalArgumentException} if a row is no frame. Threads: one caller writes a file, and
 * other threads encode.
 */
@Internal
package org.sysretreplay.ingest.frames;

import org.sysretreplay.emulator.Internal;
