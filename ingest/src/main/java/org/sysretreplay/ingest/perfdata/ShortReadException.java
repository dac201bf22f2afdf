package org.sysretreplay.ingest.perfdata;

/** A structure that ends before one of its fields; the message names the field. */
final class ShortReadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ShortReadException(String field, long needed, long left) {
    this(field, Long.toUnsignedString(needed), left);
  }

  private ShortReadException(String field, String needed, long left) {
    super("%s needs %s bytes, %d are left".formatted(field, needed, left), null, false, false);
  }

  /** A field of so many units, a number that the file gives and that may be any 64 bits. */
  static ShortReadException ofUnits(String field, long count, int unitBytes, long left) {
    String units = Long.toUnsignedString(count);
    return new ShortReadException(field, unitBytes == 1 ? units : units + " x " + unitBytes, left);
  }
}
