package org.sysretreplay.ingest.perfdata;

import java.util.HashMap;
import java.util.Map;

/**
 * The feature section HEADER_TRACING_DATA: the format files of the recorded tracepoints (kernel
 * file tools/perf/util/trace-event-info.c).
 */
final class TracingData {

  /**
   * A tracepoint by its full name.
   *
   * @param name as in {@code raw_syscalls:sys_exit}
   */
  record Tracepoint(String name, TracepointFormat format) {}

  private static final int MAGIC_BYTES = 3 + "tracing".length();

  private TracingData() {}

  /**
   * The tracepoints by their number.
   *
   * <pre>
   * 3 bytes magic, "tracing", zero-ended version, u8 big endian, u8 size of long, u32 page size,
   * "header_page" 0, u64 size, bytes; "header_event" 0, u64 size, bytes;
   * u32 count of ftrace's own events, each u64 size, bytes;
   * u32 count of systems, each zero-ended name, u32 count of events, each u64 size, format file
   * </pre>
   */
  static Map<Long, Tracepoint> read(ByteCursor in) {
    in.skip("tracing magic", MAGIC_BYTES);
    in.zeroEnded("tracing version");
    in.u8("tracing byte order");
    in.u8("tracing long size");
    in.u32("tracing page size");
    for (String part : new String[] {"header_page", "header_event"}) {
      in.zeroEnded(part);
      in.skip(part, in.u64(part + " size"));
    }
    long ftraceEvents = in.u32("ftrace event count");
    for (long i = 0; i < ftraceEvents; i++) {
      in.skip("ftrace event", in.u64("ftrace event size"));
    }
    return readSystems(in);
  }

  private static Map<Long, Tracepoint> readSystems(ByteCursor in) {
    Map<Long, Tracepoint> tracepoints = new HashMap<>();
    long systems = in.u32("system count");
    for (long i = 0; i < systems; i++) {
      String system = in.zeroEnded("system name");
      long events = in.u32("event count");
      for (long j = 0; j < events; j++) {
        String text = in.text("format file", in.u64("format file size"));
        TracepointFormat.parse(text)
            .ifPresent(
                format ->
                    tracepoints.put(
                        format.id(), new Tracepoint(system + ":" + format.name(), format)));
      }
    }
    return tracepoints;
  }
}
