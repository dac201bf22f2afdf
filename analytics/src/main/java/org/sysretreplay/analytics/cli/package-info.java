/**
 * The command line: every command is a class, and {@link org.sysretreplay.analytics.cli.Cli} runs
 * it.
 *
 * <p>In: arguments. Out: standard output, standard error, and an exit code: 0 ok, 1 a bug, 2 wrong
 * usage or an output that cannot be written, 3 an input that cannot be read, 4 a gate that failed.
 * Errors: one sentence each, with the place and the remedy. Threads: one.
 */
@Internal
package org.sysretreplay.analytics.cli;

import org.sysretreplay.emulator.Internal;
