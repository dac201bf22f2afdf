package org.sysretreplay.ingest.perfdata;

/** Thrown if bytes end, or stop making sense, before a field; the message names the field. */
final class ShortReadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ShortReadException(String field, long needed, long left) {
    this(field, Long.toUnsignedString(needed), left);
  }

  private ShortReadException(String field, String needed, long left) {
    super("%s needs %s bytes, %d are left".formatted(field, needed, left), null, false, false);
  }

  private ShortReadException(String message) {
    super(message, null, false, false);
  }

  /** Compressed bytes that cannot be inflated, and why. */
  static ShortReadException ofDamage(String why) {
    return new ShortReadException("compressed data: " + why);
  }

  /** A count that is greater than any recording has. */
  static ShortReadException ofLimit(String field, long count, long limit) {
    return new ShortReadException("%s is %d, more than %d".formatted(field, count, limit));
  }

  /** A field of {@code count} units, which is a number from the file and may be any 64 bits. */
  static ShortReadException ofUnits(String field, long count, int unitBytes, long left) {
    String units = Long.toUnsignedString(count);
    return new ShortReadException(field, unitBytes == 1 ? units : units + " x " + unitBytes, left);
  }
}
