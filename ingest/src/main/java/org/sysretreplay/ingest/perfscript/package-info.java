/** The text that {@code perf script} prints. */
package org.sysretreplay.ingest.perfscript;
