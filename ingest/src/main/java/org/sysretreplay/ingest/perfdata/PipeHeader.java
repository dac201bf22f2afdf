package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.util.ArrayList;
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
  private final HeaderFacts facts;
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
    facts = new HeaderFacts(source);
    limit = new EventLimit(source, fileBytes);
  }

  /**
   * Looks at what stands in front of the first sample: a recording of another machine is refused
   * before anything of it is read.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException if it is of another machine
   */
  static void checkMachine(Sections sections) throws IOException {
    PipeHeader ahead = new PipeHeader(sections.source(), sections.fileBytes());
    try {
      ahead.takeAll(sections.records(ahead.recordsStart(), ahead.recordsEnd()));
    } catch (ShortReadException e) {
      // Reading the records fails at the same place, with a message that names it.
    }
    ahead.attributes.forEach(it -> ahead.facts.check(it.attr()));
  }

  private void takeAll(RecordStream records) throws IOException {
    while (records.advance() && RecordEntries.isOfHeader(records.type())) {
      RecordEntries.takeHeader(this, records);
    }
  }

  /**
   * PERF_RECORD_HEADER_ATTR: an attribute in its own size, then the ids of its event.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException if there are too many
   */
  void takeAttribute(ByteCursor body) {
    long size = body.peekU32("attr size", Integer.BYTES);
    EventAttr attr = EventAttr.read(body.take("attribute", size));
    long ids = body.left() / Long.BYTES;
    limit.take(ids);
    attributes.add(new Attribute(attr, EventNames.readIds(body, ids)));
    if (events != null) {
      facts.check(attr);
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
    if (feature != Feature.EVENT_DESC) {
      facts.take(feature, body);
    } else if (described.isEmpty()) {
      described = EventNames.readDescriptions(body);
      forgetTable(!described.isEmpty());
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
    return facts.header().withSampling(events().sampling());
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

  private void addToTable(int index) {
    Attribute attribute = attributes.get(index);
    events.add(names.event(attribute.attr(), index, attribute.ids()), attribute.ids());
  }

  @Override
  public boolean isOfFolder() {
    return false;
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
