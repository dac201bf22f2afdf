package org.sysretreplay.ingest.perfdata;

import java.util.Optional;
import org.sysretreplay.ingest.TracepointEvents;

/**
 * One event of a recording.
 *
 * @param name as in {@code raw_syscalls:sys_exit}
 * @param format where its fields stand in the raw data of a sample, if the file says so
 * @param isExit whether it shows a return to user space; the registers of others are not read
 */
record PerfEvent(EventAttr attr, String name, Optional<TracepointFormat> format, boolean isExit) {

  PerfEvent(EventAttr attr, String name, Optional<TracepointFormat> format) {
    this(attr, name, format, TracepointEvents.entryOf(name).isPresent());
  }
}
