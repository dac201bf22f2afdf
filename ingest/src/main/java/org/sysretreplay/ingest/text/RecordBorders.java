package org.sysretreplay.ingest.text;

/** Where a text may be cut in two, so that no record is. */
@FunctionalInterface
public interface RecordBorders {

  /** Every line is a record. */
  RecordBorders EVERY_LINE = (bytes, to) -> to;

  /**
   * The place behind the last record that is surely whole, whatever comes behind; 0 where there is
   * none.
   *
   * @param to how many bytes there are: lines, each with its line feed
   */
  int last(byte[] bytes, int to);

  /** Borders of records of several lines, each before the first line of a record. */
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
