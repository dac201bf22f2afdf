package org.sysretreplay.ingest.perfdata;

import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.Head;

/** Knows a perf.data by its magic number. */
public final class PerfDataSniffer {

  private PerfDataSniffer() {}

  /**
   * Whether the head is that of a perf.data; one of version 1 or of a big-endian machine is refused
   * by name.
   */
  public static boolean claims(Head head) {
    return Stream.of("PERFILE2", "2ELIFREP", "PERFFILE", "ELIFFREP").anyMatch(head::startsWith);
  }
}
