package org.sysretreplay.ingest.perfdata;

import java.util.OptionalLong;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.Head;

/** Recognises a perf.data by its magic number. */
public final class PerfDataSniffer {

  private PerfDataSniffer() {}

  /**
   * Whether the head is that of a perf.data. Files of version 1 and of big-endian machines are
   * claimed too, so that the reader can say why it refuses them.
   */
  public static boolean claims(Head head) {
    return Stream.of("PERFILE2", "2ELIFREP", "PERFFILE", "ELIFFREP").anyMatch(head::startsWith);
  }

  /**
   * Whether perf has finished the file: until then its header says that it has no records. A
   * recording from a pipe does not tell and counts as finished.
   */
  public static boolean isFinished(Head head) {
    boolean isPipe =
        head.numberAt(FileLayout.HEADER_BYTES_AT).equals(OptionalLong.of(PipeHeader.BYTES));
    OptionalLong dataBytes = head.numberAt(FileLayout.DATA_BYTES_AT);
    return isPipe || dataBytes.isPresent() && dataBytes.getAsLong() != 0;
  }
}
