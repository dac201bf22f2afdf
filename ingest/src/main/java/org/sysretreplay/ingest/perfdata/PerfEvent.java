package org.sysretreplay.ingest.perfdata;

import java.util.Optional;
import org.sysretreplay.ingest.sample.EventKind;
import org.sysretreplay.ingest.sample.TracepointEvents;

/**
 * One event of a recording, and how its samples are read: found out once for all of them.
 *
 * @param head the words that its samples begin with
 * @param raw where its fields stand in the raw data of a sample
 * @param registers which user registers its samples have
 * @param matters whether it shows a return to user space or tells of one; of others nothing is read
 */
record PerfEvent(
    EventAttr attr,
    EventKind kind,
    SampleHead head,
    RawFields raw,
    RegisterLayout registers,
    boolean matters) {

  private static final String NAMELESS = "";

  /**
   * An event by its name.
   *
   * @param name as in {@code raw_syscalls:sys_exit}
   * @param format where its fields stand in the raw data of a sample, if the file says so
   */
  static PerfEvent of(EventAttr attr, String name, Optional<TracepointFormat> format) {
    return new PerfEvent(
        attr,
        EventKind.of(name),
        new SampleHead(attr.sampleType()),
        RawFields.of(name, format),
        new RegisterLayout(attr.userRegisters()),
        TracepointEvents.matters(name));
  }

  /** An event that the recording does not name. Only as a tracepoint could it show a return. */
  static PerfEvent nameless(EventAttr attr) {
    return of(attr, NAMELESS, Optional.empty());
  }

  boolean isNamed() {
    return !name().isEmpty();
  }

  /** Whether its samples may show returns, and nobody can tell. */
  boolean isNamelessTracepoint() {
    return !isNamed() && attr.type() == EventAttr.TYPE_TRACEPOINT;
  }

  String name() {
    return kind.name();
  }
}
