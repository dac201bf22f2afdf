package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sysretreplay.ingest.perfdata.Sections.Section;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.TraceException;

/** Reads everything of a perf.data file but its records. */
final class PerfHeaderReader {

  /** "PERFILE2" read as a little-endian number. */
  private static final long MAGIC = 0x32454c4946524550L;

  /** "PERFFILE" read as a little-endian number. */
  private static final long MAGIC_OF_VERSION_1 = 0x454c494646524550L;

  private final Sections sections;

  private PerfHeaderReader(Sections sections) {
    this.sections = sections;
  }

  /**
   * The header of that file.
   *
   * @param source the file as the user named it
   * @throws TraceException if it cannot be read
   */
  static PerfHeader read(FileChannel file, String source) throws IOException {
    return new PerfHeaderReader(new Sections(file, source)).read();
  }

  private PerfHeader read() throws IOException {
    return isPipe() ? pipe() : readFile();
  }

  private PerfHeader pipe() throws IOException {
    PipeHeader.checkMachine(sections);
    return new PipeHeader(sections.source(), sections.fileBytes());
  }

  private PerfHeader readFile() throws IOException {
    FileLayout layout =
        FileLayout.read(sections.open("file header", new Section(0, FileLayout.BYTES)));
    Section data = layout.data();
    checkData(data);
    sections.noteEnd(data);
    Map<Feature, Section> features = features(data, layout.features());
    HeaderFacts facts = facts(features);
    EventTable events = readEvents(layout, names(features), facts);
    return new FileHeader(
        facts.header().withSampling(events.sampling()),
        events,
        features.containsKey(Feature.DIR_FORMAT),
        data.offset(),
        data.offset() + data.size(),
        sections.end());
  }

  /**
   * Whether the recording was written to a pipe. Refuses files that are no perf.data of a
   * little-endian machine.
   */
  private boolean isPipe() throws IOException {
    ByteCursor in = sections.open("file header", new Section(0, PipeHeader.BYTES));
    long magic = in.u64("magic");
    if (magic == MAGIC_OF_VERSION_1) {
      throw error(
          "this is a perf.data of version 1 (PERFFILE), from before perf could record registers",
          "record again with a perf from Linux 3.7 on");
    }
    if (magic == Long.reverseBytes(MAGIC) || magic == Long.reverseBytes(MAGIC_OF_VERSION_1)) {
      throw error("this perf.data comes from a big-endian machine", "record on x86-64");
    }
    if (magic != MAGIC) {
      throw TraceException.at(
          Place.ofByte(sections.source(), 0),
          "this is not a perf.data file",
          "give a recording of perf's");
    }
    return in.u64("header size") == PipeHeader.BYTES;
  }

  private void checkData(Section data) throws IOException {
    if (data.size() == 0) {
      throw error(
          "its header was never finished: perf was killed while it recorded",
          "record again and let perf end");
    }
    long end = data.offset() + data.size();
    if (data.offset() < 0 || data.size() < 0 || end < 0 || end > sections.fileBytes()) {
      throw TraceException.at(
          Place.ofByte(sections.source(), sections.fileBytes()),
          "the file is cut off: its records should reach to byte 0x"
              + Long.toHexString(end)
              + ", and the events' names behind them are missing",
          Sections.COPY_WHOLE);
    }
  }

  private Map<Feature, Section> features(Section data, BitSet bits) throws IOException {
    long tableBytes = (long) Section.BYTES * bits.cardinality();
    ByteCursor in =
        sections.open("feature table", new Section(data.offset() + data.size(), tableBytes));
    Map<Integer, Section> byBit = new HashMap<>();
    for (int bit = bits.nextSetBit(0); bit >= 0; bit = bits.nextSetBit(bit + 1)) {
      byBit.put(bit, Section.read(in, "feature"));
    }
    byBit.values().forEach(sections::noteEnd);
    Map<Feature, Section> features = new EnumMap<>(Feature.class);
    for (Feature feature : Feature.values()) {
      if (byBit.containsKey(feature.bit())) {
        features.put(feature, byBit.get(feature.bit()));
      }
    }
    return features;
  }

  private EventNames names(Map<Feature, Section> features) throws IOException {
    return new EventNames(
        feature(features, Feature.TRACING_DATA, TracingData::read, Map.of()),
        feature(features, Feature.EVENT_DESC, EventNames::readDescriptions, List.of()));
  }

  private HeaderFacts facts(Map<Feature, Section> features) throws IOException {
    HeaderFacts facts = new HeaderFacts(sections.source());
    for (Map.Entry<Feature, Section> each : features.entrySet()) {
      sections.parse(
          each.getKey().name(),
          each.getValue(),
          in -> {
            facts.take(each.getKey(), in);
            return facts;
          });
    }
    return facts;
  }

  private EventTable readEvents(FileLayout layout, EventNames names, HeaderFacts facts)
      throws IOException {
    Section attrs = layout.attributes();
    long attrBytes = layout.attributeBytes();
    if (attrBytes <= Section.BYTES || attrs.size() % attrBytes != 0 || attrs.size() == 0) {
      throw TraceException.at(
          Place.ofByte(sections.source(), FileLayout.ATTRIBUTE_BYTES_AT),
          "%d bytes of attributes are no whole number of %d".formatted(attrs.size(), attrBytes),
          Sections.COPY_WHOLE);
    }
    EventTable events = new EventTable();
    EventLimit limit = new EventLimit(sections.source(), sections.fileBytes());
    ByteCursor in = sections.open("attributes", attrs);
    for (int i = 0; in.left() > 0; i++) {
      ByteCursor bytes = in.take("attribute", attrBytes - Section.BYTES);
      EventAttr attr = sections.parse("attribute " + i, attrs, bytes, EventAttr::read);
      Section idSection = Section.read(in, "ids");
      List<Long> ids = sections.parse("ids", idSection, it -> readIds(it, limit));
      facts.check(attr);
      events.add(names.event(attr, i, ids), ids);
    }
    checkNames(events);
    return events;
  }

  private static List<Long> readIds(ByteCursor in, EventLimit limit) {
    long count = in.left() / Long.BYTES;
    limit.take(count);
    return EventNames.readIds(in, count);
  }

  /**
   * Refuses a file that names none of its events although it has tracepoints: no sample could be
   * understood.
   */
  private void checkNames(EventTable events) {
    Optional<PerfEvent> nameless =
        events.stream().filter(PerfEvent::isNamelessTracepoint).findFirst();
    if (nameless.isPresent() && events.names().isEmpty()) {
      throw error(
          "it does not name its event number " + nameless.get().attr().config(),
          "record again with perf record");
    }
  }

  /** The parsed feature section, or {@code absent} if the file has none. */
  private <T> T feature(
      Map<Feature, Section> features, Feature feature, Sections.Parser<T> parser, T absent)
      throws IOException {
    Section section = features.get(feature);
    return section == null ? absent : sections.parse(feature.name(), section, parser);
  }

  private TraceException error(String wrong, String remedy) {
    return TraceException.of(sections.source(), wrong, remedy);
  }
}
