/**
 * The command line. Every command is a class; {@link org.sysretreplay.analytics.cli.Cli} runs them.
 */
@Internal
package org.sysretreplay.analytics.cli;

import org.sysretreplay.emulator.Internal;
