package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.trace.Head;

/** Knows a perf.data by its magic number. */
public final class PerfDataSniffer {

  private PerfDataSniffer() {}

  /** Whether the head is that of a perf.data; one of a big-endian machine is refused by name. */
  public static boolean claims(Head head) {
    return head.startsWith("PERFILE2") || head.startsWith("2ELIFREP");
  }
}
