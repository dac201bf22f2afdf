package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.trace.TraceException;

/**
 * Refuses a header with more events or ids than a recording can have. Otherwise a small file could
 * ask for much work: all its events may point to one large section of ids, or packed records may
 * repeat them.
 */
final class EventLimit {

  /** perf makes one event for each name on its command line. */
  static final int MAX_EVENTS = 1 << 16;

  private final String source;
  private final long maxIds;
  private long events;
  private long ids;

  /**
   * The limit of one file.
   *
   * @param source the file as the user named it
   * @param fileBytes the size of the file, which holds each id once in 8 bytes
   */
  EventLimit(String source, long fileBytes) {
    this.source = source;
    maxIds = fileBytes / Long.BYTES;
  }

  /**
   * Counts one more event.
   *
   * @throws TraceException if there are too many events or ids
   */
  void take(long idsOfEvent) {
    events++;
    ids += idsOfEvent;
    if (events > MAX_EVENTS) {
      throw refused("its header has more than " + MAX_EVENTS + " events");
    }
    if (ids > maxIds) {
      throw refused("its events have more ids than the file has room for");
    }
  }

  private TraceException refused(String wrong) {
    return TraceException.of(source, wrong, Sections.COPY_WHOLE);
  }
}
