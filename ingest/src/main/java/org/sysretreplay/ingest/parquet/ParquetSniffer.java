package org.sysretreplay.ingest.parquet;

import org.sysretreplay.ingest.trace.Head;

/** Recognises a Parquet file by its magic number. */
public final class ParquetSniffer {

  private ParquetSniffer() {}

  /**
   * Whether the head is that of a Parquet file. An encrypted one is claimed too, so that the reader
   * can say why it refuses it.
   */
  public static boolean claims(Head head) {
    return head.startsWith("PAR1") || head.startsWith("PARE");
  }
}
