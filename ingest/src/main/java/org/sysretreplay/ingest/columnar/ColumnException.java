package org.sysretreplay.ingest.columnar;

/** Thrown for a column whose pages do not fit together; the message is the reason. */
public final class ColumnException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  ColumnException(String message) {
    super(message);
  }
}
