package org.sysretreplay.ingest.parquet;

import org.sysretreplay.ingest.trace.Head;

/** Knows a Parquet file by its magic number. */
public final class ParquetSniffer {

  private ParquetSniffer() {}

  /** Whether the head is that of a Parquet file; an encrypted one is refused by name. */
  public static boolean claims(Head head) {
    return head.startsWith("PAR1") || head.startsWith("PARE");
  }
}
