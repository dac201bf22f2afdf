/** The text that ftrace prints: the file {@code trace} of tracefs, and {@code trace-cmd report}. */
package org.sysretreplay.ingest.ftrace;
