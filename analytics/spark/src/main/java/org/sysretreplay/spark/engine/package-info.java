/**
 * The engine on Apache Spark: the same pieces of work as on one machine, done by Spark's tasks.
 *
 * <p>In: pieces of work and how their results are merged. Out: the merged results. Errors: an
 * exception of a piece reaches the caller unchanged; if Spark itself fails, a {@link
 * org.sysretreplay.analytics.WorkersException} says so in one sentence. Threads: one caller.
 */
@Internal
package org.sysretreplay.spark.engine;

import org.sysretreplay.emulator.Internal;
