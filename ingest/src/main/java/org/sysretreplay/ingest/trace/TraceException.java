package org.sysretreplay.ingest.trace;

/**
 * Thrown if a trace cannot be read at all. The message is one sentence with the place, what is
 * wrong, and what to do about it.
 */
public final class TraceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String source;

  private TraceException(String source, String wrong, String remedy, Throwable cause) {
    super(source + ": " + wrong + "; " + remedy + ".", cause);
    this.source = source;
  }

  /** The file or folder as the user named it, with the place in it where that is known. */
  public String source() {
    return source;
  }

  /**
   * An error of one file.
   *
   * @param source the file as the user named it
   * @param wrong what is wrong, without a full stop
   * @param remedy what to do, without a full stop
   */
  public static TraceException of(String source, String wrong, String remedy) {
    return new TraceException(source, wrong, remedy, null);
  }

  /** An error at one place in a file. */
  public static TraceException at(Place place, String wrong, String remedy) {
    return of(place.toString(), wrong, remedy);
  }

  /** An error that the operating system or a decompressor reported. */
  public static TraceException of(String source, String wrong, String remedy, Throwable cause) {
    return new TraceException(source, wrong, remedy, cause);
  }
}
