package org.sysretreplay.ingest.perfdata;

/** A structure that ends before one of its fields; the message names the field. */
final class ShortReadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ShortReadException(String field, int needed, int left) {
    super("%s needs %d bytes, %d are left".formatted(field, needed, left), null, false, false);
  }
}
