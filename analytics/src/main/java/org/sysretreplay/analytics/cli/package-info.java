/**
 * The command line. Every command is a class; {@link org.sysretreplay.analytics.cli.Cli} runs them.
 */
package org.sysretreplay.analytics.cli;
