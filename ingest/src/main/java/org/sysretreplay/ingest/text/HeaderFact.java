package org.sysretreplay.ingest.text;

import java.util.function.BiFunction;
import org.sysretreplay.ingest.trace.TraceHeader;

/** What a text may say of its recording, each once or at the head of each text put into it. */
public enum HeaderFact {
  KERNEL_RELEASE(TraceHeader::withKernelRelease),
  PERF_VERSION(TraceHeader::withPerfVersion),
  HOSTNAME(TraceHeader::withHostname),
  ARCH(TraceHeader::withArch),
  COMMAND_LINE(TraceHeader::withCommandLine),
  CPU_DESCRIPTION(
      (header, name) -> header.withProcessors(header.processors().withDescription(name))),
  CPU_ID((header, id) -> header.withProcessors(header.processors().withId(id))),
  CPUS_ONLINE(
      (header, number) -> header.withProcessors(header.processors().withOnline(online(number))));

  /** Longer numbers are none of processors. */
  private static final String NUMBER = "\\d{1,9}";

  private final BiFunction<TraceHeader, String, TraceHeader> setter;

  HeaderFact(BiFunction<TraceHeader, String, TraceHeader> setter) {
    this.setter = setter;
  }

  /** The header with that value; an empty one is not known. */
  TraceHeader in(TraceHeader header, String value) {
    return setter.apply(header, value);
  }

  /** The number; 0 if the text is none. */
  private static long online(String number) {
    return number.matches(NUMBER) ? Long.parseLong(number) : 0;
  }
}
