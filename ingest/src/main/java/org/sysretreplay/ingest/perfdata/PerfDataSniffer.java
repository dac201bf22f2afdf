package org.sysretreplay.ingest.perfdata;

import java.util.OptionalLong;
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

  /** Where the header of a file says how long it is itself, and how many bytes its records have. */
  private static final int HEADER_BYTES_AT = 8;

  private static final int DATA_BYTES_AT = 48;

  /**
   * Whether perf has ended: until then the header says that there are no records. A recording of a
   * pipe does not tell.
   */
  public static boolean isFinished(Head head) {
    boolean isPipe = head.numberAt(HEADER_BYTES_AT).equals(OptionalLong.of(PipeHeader.BYTES));
    OptionalLong dataBytes = head.numberAt(DATA_BYTES_AT);
    return isPipe || dataBytes.isPresent() && dataBytes.getAsLong() != 0;
  }
}
