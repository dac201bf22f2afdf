package org.sysretreplay.ingest.perfdata;

import java.util.Optional;
import org.sysretreplay.ingest.TracepointEvents;

/**
 * One event of a recording.
 *
 * @param name as in {@code raw_syscalls:sys_exit}
 * @param format where its fields stand in the raw data of a sample, if the file says so
 * @param matters whether it shows a return to user space or tells of one; of others nothing is read
 */
record PerfEvent(EventAttr attr, String name, Optional<TracepointFormat> format, boolean matters) {

  PerfEvent(EventAttr attr, String name, Optional<TracepointFormat> format) {
    this(attr, name, format, TracepointEvents.matters(name));
  }
}
