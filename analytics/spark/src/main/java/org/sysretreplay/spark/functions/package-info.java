/**
 * The emulator as functions of Spark SQL, such as {@code sysret.outcome}.
 *
 * <p>In: columns of frames. Out: texts, and an estimate of time. Every function of frames takes its
 * arguments in one order: the model; the way back, which is {@code path} where a store's frames
 * have it, else {@code entry, nr, ret}; then {@code rip, rcx, r11, rflags, cs, ss}; and {@code
 * cause} behind {@code ss} where {@code path} is first. {@link
 * org.sysretreplay.spark.functions.SysretFunction} has them all.
 *
 * <p>Units: registers are 64-bit patterns in {@code BIGINT}. A null register gives a null result;
 * {@code nr}, {@code ret} and {@code cause} may be null in every row. Errors: an {@code
 * AnalysisException} for wrong types or numbers of arguments and for a literal that is no model; a
 * {@code SparkIllegalArgumentException} for other invalid values, when a row has them. Threads:
 * any.
 */
package org.sysretreplay.spark.functions;
