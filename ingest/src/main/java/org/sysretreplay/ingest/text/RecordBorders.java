package org.sysretreplay.ingest.text;

/** Tells where a text can be cut without cutting a record. */
@FunctionalInterface
public interface RecordBorders {

  /** Every line is a record. */
  RecordBorders EVERY_LINE = (bytes, to) -> to;

  /**
   * The end of the last record that is surely whole, whatever text may follow; 0 if there is none.
   *
   * @param to how many bytes there are: lines, each with its line feed
   */
  int last(byte[] bytes, int to);

  /** Borders between records of several lines: the text can be cut before each first line. */
  static RecordBorders before(FirstLine first) {
    return (bytes, to) -> {
      int end = to - 1;
      int start = LineFeeds.last(bytes, 0, end) + 1;
      while (start > 0 && !first.is(bytes, start, end)) {
        end = start - 1;
        start = LineFeeds.last(bytes, 0, end) + 1;
      }
      return start;
    };
  }

  /** Tells the first line of a record from those that belong to it. */
  @FunctionalInterface
  interface FirstLine {

    /** Whether a record begins with the line that stands there. */
    boolean is(byte[] bytes, int start, int end);
  }
}
