package org.sysretreplay.ingest.perfdata;

import java.util.Optional;

/**
 * One event of a recording.
 *
 * @param name as in {@code raw_syscalls:sys_exit}
 * @param format where its fields stand in the raw data of a sample, if the file says so
 */
record PerfEvent(EventAttr attr, String name, Optional<TracepointFormat> format) {}
