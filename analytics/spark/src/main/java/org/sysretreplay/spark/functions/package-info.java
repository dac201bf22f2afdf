/**
 * The emulator as functions of Spark SQL, {@code sysret.outcome} and its like.
 *
 * <p>In: columns of frames. Out: texts, and an estimate of time. Every function of frames takes its
 * arguments in one order: the model; the way back, which is {@code path} where a store's frames
 * have it, else {@code entry, nr, ret}; then {@code rip, rcx, r11, rflags, cs, ss}; and {@code
 * cause} behind {@code ss} where {@code path} is first. {@link
 * org.sysretreplay.spark.functions.SysretFunction} has them all.
 *
 * <p>Units: registers are 64-bit patterns in {@code BIGINT}. A register without a value gives a
 * result without one; {@code nr}, {@code ret} and {@code cause} may be null in every row. Errors:
 * wrong types and numbers of arguments are an {@code AnalysisException}, as are models that a
 * literal names and nobody knows; other values that are none, a {@code
 * SparkIllegalArgumentException} when they are met. Threads: any.
 */
package org.sysretreplay.spark.functions;
