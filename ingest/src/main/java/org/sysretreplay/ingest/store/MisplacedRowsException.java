package org.sysretreplay.ingest.store;

import java.io.IOException;

/** Thrown if a file holds rows that belong into another file, as a copy of that one does. */
final class MisplacedRowsException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String unit;

  /**
   * @param unit the name that the rows were published under
   */
  MisplacedRowsException(String unit) {
    super("its rows belong to " + unit);
    this.unit = unit;
  }

  /** The file that the rows belong into. */
  String file() {
    return StoreLayout.rows(unit);
  }
}
