package org.sysretreplay.ingest.perfdata;

import java.io.IOException;

/** The records of a recording one after the other. */
interface RecordSource extends AutoCloseable {

  /**
   * Moves to the next record; false at the end.
   *
   * @throws ShortReadException where no whole record stands; {@link #offset} is then that place,
   *     and reading cannot go on
   */
  boolean advance() throws IOException;

  /**
   * Where the current record begins, in bytes of the file; of a packed one, where its pack does.
   */
  long offset();

  int type();

  /** The bits that say more about the record, depending on its type. */
  int misc();

  /** The current record's body; valid until the next {@link #advance}. */
  ByteCursor body();

  /** The bytes that follow the current record without being one, which are passed over. */
  ByteCursor payload(long size) throws IOException;

  /** Passes over bytes that follow the current record without being one. */
  void skip(long size) throws IOException;

  /** The first bytes of the record at that offset in hexadecimal, as far as they can be read. */
  String excerpt(long at);

  @Override
  void close();
}
