/** JSON lines: one frame a line, for recorders that are not perf. */
package org.sysretreplay.ingest.jsonl;
