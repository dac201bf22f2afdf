/**
 * The engine on Apache Spark: the same pieces of work as on this machine, done by Spark's tasks.
 *
 * <p>In: pieces of work and how they add up. Out: what they come to. Errors: what a piece throws
 * reaches the caller as it was thrown; where Spark itself fails, a {@link
 * org.sysretreplay.analytics.WorkersException} says so in one sentence. Threads: one caller.
 */
@Internal
package org.sysretreplay.spark.engine;

import org.sysretreplay.emulator.Internal;
