package org.sysretreplay.ingest.perfdata;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sysretreplay.ingest.TraceHeader;
import org.sysretreplay.ingest.perfdata.TracingData.Tracepoint;

/**
 * The header of what perf writes into a pipe: nothing in front but the magic, everything else in
 * records before the first sample.
 */
final class PipeHeader implements PerfHeader {

  /** The magic and this size, 8 bytes each. */
  static final int BYTES = 16;

  private record Attribute(EventAttr attr, List<Long> ids) {}

  private final long recordsEnd;
  private final List<Attribute> attributes = new ArrayList<>();
  private final Map<Feature, String> texts = new EnumMap<>(Feature.class);
  private Map<Long, Tracepoint> tracepoints = Map.of();
  private List<EventNames.Described> described = List.of();
  private EventTable events;

  PipeHeader(long recordsEnd) {
    this.recordsEnd = recordsEnd;
  }

  /** PERF_RECORD_HEADER_ATTR: an attribute in its own size, then the ids of its event. */
  void takeAttribute(ByteCursor body) {
    long size = body.peekU32("attr size", Integer.BYTES);
    EventAttr attr = EventAttr.read(body.take("attribute", size));
    attributes.add(new Attribute(attr, EventNames.readIds(body, body.left() / Long.BYTES)));
    events = null;
  }

  /** PERF_RECORD_HEADER_FEATURE: u64 bit number, then what stands in that section of a file. */
  void takeFeature(ByteCursor body) {
    long bit = body.u64("feature number");
    for (Feature feature : Feature.values()) {
      if (feature.bit() == bit) {
        take(feature, body);
      }
    }
  }

  private void take(Feature feature, ByteCursor body) {
    switch (feature) {
      case HOSTNAME, OSRELEASE, VERSION, ARCH -> texts.put(feature, body.perfString("feature"));
      case CMDLINE -> texts.put(feature, Feature.readWords(body));
      case EVENT_DESC -> {
        described = EventNames.readDescriptions(body);
        events = null;
      }
      case TRACING_DATA, DIR_FORMAT, COMPRESSED -> {
        // Of these the first comes as a record of its own, and the others only announce records.
      }
    }
  }

  /** The blob behind a PERF_RECORD_HEADER_TRACING_DATA. */
  void takeTracingData(ByteCursor blob) {
    tracepoints = TracingData.read(blob);
    events = null;
  }

  @Override
  public TraceHeader header() {
    return new TraceHeader(
        text(Feature.OSRELEASE),
        text(Feature.VERSION),
        text(Feature.HOSTNAME),
        text(Feature.ARCH),
        text(Feature.CMDLINE));
  }

  private String text(Feature feature) {
    return texts.getOrDefault(feature, "");
  }

  @Override
  public EventTable events() {
    if (events == null) {
      events = table(new EventNames(tracepoints, described));
    }
    return events;
  }

  private EventTable table(EventNames names) {
    EventTable table = new EventTable();
    for (int i = 0; i < attributes.size(); i++) {
      List<Long> ids = attributes.get(i).ids();
      // Samples of an event without a name are rejected as of an event that is not known.
      names.event(attributes.get(i).attr(), i, ids).ifPresent(event -> table.add(event, ids));
    }
    return table;
  }

  @Override
  public long recordsStart() {
    return BYTES;
  }

  @Override
  public long recordsEnd() {
    return recordsEnd;
  }
}
