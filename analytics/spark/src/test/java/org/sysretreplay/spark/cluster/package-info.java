/**
 * A standalone cluster of Spark on this machine, and the command line against it.
 *
 * <p>In: the jars that Maven resolved for the tests. Out: a master and workers as processes of
 * their own on 127.0.0.1, command lines as child processes. Errors: an {@link AssertionError} with
 * the ends of the logs where something does not happen in time. Threads: one caller.
 */
package org.sysretreplay.spark.cluster;
