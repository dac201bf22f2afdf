package org.sysretreplay.ingest.perfdata;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sysretreplay.ingest.perfdata.TracingData.Tracepoint;
import org.sysretreplay.ingest.trace.TraceHeader;

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
  private final EventLimit limit;
  private Map<Long, Tracepoint> tracepoints = Map.of();
  private List<EventNames.Described> described = List.of();

  /** The names and the events by them, made when a record asks for its event. */
  private EventNames names;

  private EventTable events;

  /**
   * The header before any of its records was read.
   *
   * @param source the file as the user named it
   * @param fileBytes the size of the file, which is records to its end
   */
  PipeHeader(String source, long fileBytes) {
    recordsEnd = fileBytes;
    limit = new EventLimit(source, fileBytes);
  }

  /**
   * PERF_RECORD_HEADER_ATTR: an attribute in its own size, then the ids of its event.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException where there are too many
   */
  void takeAttribute(ByteCursor body) {
    long size = body.peekU32("attr size", Integer.BYTES);
    EventAttr attr = EventAttr.read(body.take("attribute", size));
    long ids = body.left() / Long.BYTES;
    limit.take(ids);
    attributes.add(new Attribute(attr, EventNames.readIds(body, ids)));
    if (events != null) {
      addToTable(attributes.size() - 1);
    }
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
        if (described.isEmpty()) {
          described = EventNames.readDescriptions(body);
          forgetTable(!described.isEmpty());
        }
      }
      case TRACING_DATA, DIR_FORMAT, COMPRESSED -> {
        // Of these the first comes as a record of its own, and the others only announce records.
      }
    }
  }

  /** The blob behind a PERF_RECORD_HEADER_TRACING_DATA. */
  void takeTracingData(ByteCursor blob) {
    if (tracepoints.isEmpty()) {
      tracepoints = TracingData.read(blob);
      forgetTable(!tracepoints.isEmpty());
    }
  }

  /**
   * Has the table made again where there are new names. perf tells each kind of names once and only
   * the first telling is taken, so that this happens twice at most.
   */
  private void forgetTable(boolean newNames) {
    if (newNames) {
      events = null;
    }
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
      names = new EventNames(tracepoints, described);
      events = new EventTable();
      for (int i = 0; i < attributes.size(); i++) {
        addToTable(i);
      }
    }
    return events;
  }

  /** Samples of an event without a name are rejected as of an event that is not known. */
  private void addToTable(int index) {
    Attribute attribute = attributes.get(index);
    names
        .event(attribute.attr(), index, attribute.ids())
        .ifPresent(event -> events.add(event, attribute.ids()));
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
