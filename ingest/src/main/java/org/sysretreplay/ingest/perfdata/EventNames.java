package org.sysretreplay.ingest.perfdata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sysretreplay.ingest.perfdata.TracingData.Tracepoint;

/** Names the events of a recording. */
final class EventNames {

  /** A described event: its name, and the ids of its records. */
  record Described(long type, long config, String name, List<Long> ids) {

    /** Whether the attribute is that of the same event. */
    boolean isOf(EventAttr attr) {
      return attr.type() == type && attr.config() == config;
    }
  }

  private final Map<Long, Tracepoint> tracepoints;
  private final List<Described> described;
  private final Map<List<Long>, Described> describedByIds = new HashMap<>();

  /**
   * The names from both sections.
   *
   * @param tracepoints the tracepoints by number, from the tracing data
   * @param described the events in the order of their attributes, from the section of event
   *     descriptions
   */
  EventNames(Map<Long, Tracepoint> tracepoints, List<Described> described) {
    this.tracepoints = tracepoints;
    this.described = described;
    described.forEach(it -> describedByIds.putIfAbsent(it.ids(), it));
  }

  /**
   * The event of an attribute. A tracepoint's own name goes before a description, which may hold a
   * name that the user chose.
   *
   * @param index the attribute's place among all, from 0
   */
  PerfEvent event(EventAttr attr, int index, List<Long> ids) {
    if (attr.type() == EventAttr.TYPE_TRACEPOINT && tracepoints.containsKey(attr.config())) {
      Tracepoint tracepoint = tracepoints.get(attr.config());
      return PerfEvent.of(attr, tracepoint.name(), Optional.of(tracepoint.format()));
    }
    return described(attr, index, ids)
        .map(it -> PerfEvent.of(attr, it.name(), Optional.empty()))
        .orElseGet(() -> PerfEvent.nameless(attr));
  }

  /** Found by its ids, or by its index if the description there is of the same event. */
  private Optional<Described> described(EventAttr attr, int index, List<Long> ids) {
    if (!ids.isEmpty() && describedByIds.containsKey(ids)) {
      return Optional.of(describedByIds.get(ids));
    }
    return index < described.size()
        ? Optional.of(described.get(index)).filter(it -> it.isOf(attr))
        : Optional.empty();
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
      ByteCursor attr = in.take("attribute", attrBytes);
      long type = attr.u32("attr type");
      attr.u32("attr size");
      long config = attr.u64("attr config");
      long ids = in.u32("id count");
      String name = in.perfString("event name");
      described.add(new Described(type, config, name, readIds(in, ids)));
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
