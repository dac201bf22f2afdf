package org.sysretreplay.ingest.perfdata;

import java.util.Optional;
import org.sysretreplay.ingest.sample.EventKind;
import org.sysretreplay.ingest.sample.TracepointEvents;

/**
 * One event of a recording, and the layout of its samples, worked out once for all of them.
 *
 * @param head the layout of the words that samples begin with
 * @param raw the layout of its fields in the raw data of a sample
 * @param registers the layout of the user registers
 * @param matters whether it shows a return to user space or what happened to one; other samples are
 *     not read
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
   * @param format the layout of its raw data, if the file has it
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

  /** An event that the recording does not name. */
  static PerfEvent nameless(EventAttr attr) {
    return of(attr, NAMELESS, Optional.empty());
  }

  boolean isNamed() {
    return !name().isEmpty();
  }

  /** Whether it is a tracepoint without a name: its samples may or may not show returns. */
  boolean isNamelessTracepoint() {
    return !isNamed() && attr.type() == EventAttr.TYPE_TRACEPOINT;
  }

  String name() {
    return kind.name();
  }
}
