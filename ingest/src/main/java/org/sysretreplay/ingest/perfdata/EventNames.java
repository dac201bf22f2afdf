package org.sysretreplay.ingest.perfdata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sysretreplay.ingest.perfdata.TracingData.Tracepoint;

/** What a recording calls its events. */
final class EventNames {

  /** A name and the ids that it was recorded under. */
  record Described(String name, List<Long> ids) {}

  private final Map<Long, Tracepoint> tracepoints;
  private final List<Described> described;
  private final Map<List<Long>, Described> describedByIds = new HashMap<>();

  /**
   * The names from either section.
   *
   * @param tracepoints the tracepoints by number, from the tracing data
   * @param described the events in the order of their attributes, from the event descriptions
   */
  EventNames(Map<Long, Tracepoint> tracepoints, List<Described> described) {
    this.tracepoints = tracepoints;
    this.described = described;
    described.forEach(it -> describedByIds.putIfAbsent(it.ids(), it));
  }

  /**
   * The event of an attribute, if it has a name. A tracepoint's own name is sure; the described one
   * may be what the user called it.
   *
   * @param index the attribute's place among all, from 0
   */
  Optional<PerfEvent> event(EventAttr attr, int index, List<Long> ids) {
    if (attr.type() == EventAttr.TYPE_TRACEPOINT && tracepoints.containsKey(attr.config())) {
      Tracepoint tracepoint = tracepoints.get(attr.config());
      return Optional.of(PerfEvent.of(attr, tracepoint.name(), Optional.of(tracepoint.format())));
    }
    return described(index, ids).map(it -> PerfEvent.of(attr, it.name(), Optional.empty()));
  }

  private Optional<Described> described(int index, List<Long> ids) {
    if (!ids.isEmpty() && describedByIds.containsKey(ids)) {
      return Optional.of(describedByIds.get(ids));
    }
    return index < described.size() ? Optional.of(described.get(index)) : Optional.empty();
  }

  /** u32 count, u32 attribute size; then each attribute, u32 id count, name, ids. */
  static List<Described> readDescriptions(ByteCursor in) {
    long count = in.u32("event count");
    if (count > EventLimit.MAX_EVENTS) {
      throw ShortReadException.ofLimit("event count", count, EventLimit.MAX_EVENTS);
    }
    long attrBytes = in.u32("attribute size");
    List<Described> described = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      in.skip("attribute", attrBytes);
      long ids = in.u32("id count");
      String name = in.perfString("event name");
      described.add(new Described(name, readIds(in, ids)));
    }
    return described;
  }

  /** That many u64 ids. */
  static List<Long> readIds(ByteCursor in, long count) {
    List<Long> ids = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      ids.add(in.u64("event id"));
    }
    return ids;
  }
}
