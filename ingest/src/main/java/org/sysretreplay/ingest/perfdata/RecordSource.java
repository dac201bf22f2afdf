package org.sysretreplay.ingest.perfdata;

import java.io.IOException;

/** Reads the records of a recording one after the other. */
interface RecordSource extends AutoCloseable {

  /**
   * Moves to the next record; false at the end.
   *
   * @throws ShortReadException if there is no whole record at {@link #offset}; reading cannot go on
   *     then
   */
  boolean advance() throws IOException;

  /** The offset of the current record in the file; for a packed record, that of its pack. */
  long offset();

  int type();

  /** The misc field of the record's header, whose bits depend on the type. */
  int misc();

  /** The current record's body; valid until the next {@link #advance}. */
  ByteCursor body();

  /** Reads the payload behind the current record: bytes that are no record. */
  ByteCursor payload(long size) throws IOException;

  /** Skips the payload behind the current record. */
  void skip(long size) throws IOException;

  /** The first bytes of the record at that offset in hexadecimal, as far as they can be read. */
  String excerpt(long at);

  @Override
  void close();
}
