package org.sysretreplay.ingest.perfdata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.Sampling;

/** The events of a recording, and the event of each record. */
final class EventTable {

  private static final int RECENT = 1 << 8;
  private static final int NOWHERE = -1;

  private final List<PerfEvent> events = new ArrayList<>();
  private final Map<Long, PerfEvent> byId = new HashMap<>();

  /** Where samples have the id of their event, in bytes of their body: the same for all events. */
  private int idPosition = NOWHERE;

  /**
   * The last lookups by the low bits of their ids, since perf gives consecutive ids. Several
   * threads may look up at once: entries are immutable, and each lookup reads its slot once.
   */
  private final Found[] recent = new Found[RECENT];

  private record Found(long id, Optional<PerfEvent> event) {}

  /** Adds the next event of the file, and the ids that its records carry. */
  void add(PerfEvent event, List<Long> ids) {
    events.add(event);
    if (events.size() == 1) {
      idPosition = event.attr().hasId() ? event.attr().idWord() * Long.BYTES : NOWHERE;
    }
    ids.forEach(id -> byId.put(id, event));
    Arrays.fill(recent, null);
  }

  /** All events in the order of the file. */
  Stream<PerfEvent> stream() {
    return events.stream();
  }

  /** The names of all events that have one. */
  Set<String> names() {
    return events.stream()
        .filter(PerfEvent::isNamed)
        .map(PerfEvent::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Which of the events that tell of returns are recorded. */
  Sampling sampling() {
    return events.stream()
        .filter(PerfEvent::matters)
        .map(it -> it.attr().sampling())
        .reduce(Sampling.NOT_TOLD, Sampling::plus);
  }

  /** Whether samples carry the id of their event. */
  boolean samplesHaveIds() {
    return idPosition != NOWHERE;
  }

  /**
   * The event of a sample; empty if its id is not known, or if there are no ids and several events.
   *
   * @param body the sample's body, unread
   */
  Optional<PerfEvent> ofSample(ByteCursor body) {
    if (!samplesHaveIds()) {
      return events.size() == 1 ? Optional.of(events.get(0)) : Optional.empty();
    }
    if (idPosition + Long.BYTES > body.left()) {
      throw new ShortReadException("sample id", idPosition + Long.BYTES, body.left());
    }
    return ofId(body.at(idPosition));
  }

  private Optional<PerfEvent> ofId(long id) {
    int at = (int) id & RECENT - 1;
    Found found = recent[at];
    if (found == null || found.id() != id) {
      found = new Found(id, Optional.ofNullable(byId.get(id)));
      recent[at] = found;
    }
    return found.event();
  }

  /**
   * The event that decides the trailing fields of a record that is no sample; empty if there are no
   * events. With identifiers the last word is the id. It is 0 in records that perf itself makes, in
   * the first event's layout. Without identifiers all events have the same trailing fields.
   *
   * @param body the record's body, unread
   */
  Optional<PerfEvent> ofOther(ByteCursor body) {
    Optional<PerfEvent> first = events.stream().findFirst();
    boolean identified =
        first.filter(it -> it.attr().sampleIdAll() && it.attr().hasIdentifier()).isPresent()
            && body.left() >= Long.BYTES;
    return identified
        ? Optional.ofNullable(byId.get(body.at(body.left() - Long.BYTES))).or(() -> first)
        : first;
  }
}
