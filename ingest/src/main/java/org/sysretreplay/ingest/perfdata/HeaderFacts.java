package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.trace.Architecture;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.WallClock;

/**
 * Collects what the feature sections say about a recording, whether they come in a file's header or
 * as records of a pipe.
 */
final class HeaderFacts {

  private static final long CLOCK_VERSION = 1;

  private final String source;
  private TraceHeader header = TraceHeader.EMPTY;

  /**
   * Nothing was taken yet.
   *
   * @param source the file as the user named it
   */
  HeaderFacts(String source) {
    this.source = source;
  }

  /**
   * Takes a section; those that say nothing about the recording are ignored.
   *
   * @throws TraceException if it says that the recording is of another machine
   */
  void take(Feature feature, ByteCursor in) {
    header =
        switch (feature) {
          case HOSTNAME -> header.withHostname(text(feature, in));
          case OSRELEASE -> header.withKernelRelease(text(feature, in));
          case VERSION -> header.withPerfVersion(text(feature, in));
          case ARCH -> header.withArch(known(text(feature, in)));
          case CMDLINE -> header.withCommandLine(Feature.readWords(in));
          case NRCPUS -> header.withProcessors(header.processors().withOnline(online(in)));
          case CPUDESC ->
              header.withProcessors(header.processors().withDescription(text(feature, in)));
          case CPUID -> header.withProcessors(header.processors().withId(text(feature, in)));
          case CLOCK_DATA -> header.withClock(clock(in));
          case TRACING_DATA, EVENT_DESC, DIR_FORMAT, COMPRESSED -> header;
        };
  }

  private static String text(Feature feature, ByteCursor in) {
    return in.perfString(feature.name());
  }

  private String known(String arch) {
    Architecture.check(source, arch);
    return arch;
  }

  /** u32 version, u32 clock, u64 time of day, u64 the same moment on the clock: nanoseconds. */
  private static WallClock clock(ByteCursor in) {
    long version = in.u32("version of the clock");
    if (version != CLOCK_VERSION) {
      return WallClock.UNKNOWN;
    }
    in.u32("clock");
    long wall = in.u64("time of day");
    return WallClock.of(wall, in.u64("time of the clock"));
  }

  /** u32 available processors, u32 online processors. */
  private static long online(ByteCursor in) {
    in.u32("processors");
    return in.u32("processors online");
  }

  /**
   * Makes sure that an event's samples have registers of x86-64, in case the recording does not
   * name its machine.
   *
   * @throws TraceException if they have others
   */
  void check(EventAttr attr) {
    boolean others =
        SampleType.has(attr.sampleType(), SampleType.REGS_USER)
            && (attr.userRegisters() & ~RegisterLayout.X86_64) != 0;
    if (others && header.arch().isEmpty()) {
      throw Architecture.otherRegisters(source, attr.userRegisters());
    }
  }

  /** The header from the sections that were taken so far. */
  TraceHeader header() {
    return header;
  }
}
