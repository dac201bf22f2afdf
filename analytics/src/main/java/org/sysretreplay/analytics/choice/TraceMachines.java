package org.sysretreplay.analytics.choice;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Collects what is known of the machines of traces, by the traces' ids. An id comes from a path,
 * which may be the same on many hosts and at many times, so two recordings may share one; a judge
 * goes by the id, so they have to be from machines that are judged alike.
 */
final class TraceMachines {

  private final Map<String, RecordedOn> recordedOn = new TreeMap<>();
  private final Map<String, String> places = new HashMap<>();

  /**
   * Adds a trace.
   *
   * @param place the file or the store that it is in
   * @throws TraceException if there is another one of that id, and a judge that took their machines
   *     for one would judge the frames of one of them wrongly
   */
  void add(String place, String id, RecordedOn on) {
    RecordedOn known = recordedOn.putIfAbsent(id, on);
    String other = places.putIfAbsent(id, place);
    if (known != null && !known.isJudgedAs(on)) {
      throw TraceException.of(
          place,
          "it has a trace %s, and %s has one of that id%s"
              .formatted(
                  id,
                  other,
                  known.contradicts(on)
                      ? " from another machine"
                      : ", but one of them says less of its machine"),
          "ask about them one at a time, or ingest one under another file name");
    }
  }

  /** What is known of each trace, by its id. */
  Map<String, RecordedOn> recordedOn() {
    return recordedOn;
  }
}
