package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sysretreplay.ingest.Place;
import org.sysretreplay.ingest.TraceException;
import org.sysretreplay.ingest.TraceHeader;
import org.sysretreplay.ingest.perfdata.TracingData.Tracepoint;

/**
 * What stands around the records of a perf.data file: its events, and what it says of itself.
 *
 * @param dataOffset where the records begin, in bytes
 * @param dataSize how many bytes of records there are
 * @param eventsById the event of every id that a sample may carry
 */
record PerfHeader(
    TraceHeader header,
    long dataOffset,
    long dataSize,
    List<PerfEvent> events,
    Map<Long, PerfEvent> eventsById) {

  /** "PERFILE2" read as a little-endian number. */
  static final long MAGIC = 0x32454c4946524550L;

  static final long MAGIC_BIG_ENDIAN = Long.reverseBytes(MAGIC);

  private static final int PIPE_HEADER_BYTES = 16;
  private static final int FILE_HEADER_BYTES = 104;
  private static final int SECTION_BYTES = 16;

  /** Attributes are some hundred bytes; anything near this is damage. */
  private static final int MAX_SECTION_BYTES = 1 << 28;

  private static final String COPY_WHOLE = "copy the file whole, or record again";

  /** The feature sections that we read, with their bit numbers. */
  private enum Feature {
    TRACING_DATA(1),
    HOSTNAME(3),
    OSRELEASE(4),
    VERSION(5),
    ARCH(6),
    CMDLINE(11),
    EVENT_DESC(12),
    DIR_FORMAT(24),
    COMPRESSED(27);

    private final int bit;

    Feature(int bit) {
      this.bit = bit;
    }
  }

  private record Section(long offset, long size) {
    static Section read(ByteCursor in, String field) {
      return new Section(in.u64(field + " offset"), in.u64(field + " size"));
    }
  }

  /** A name and the ids that it was recorded under. */
  private record Described(String name, List<Long> ids) {}

  /**
   * Reads everything but the records.
   *
   * @param source the file as the user named it
   */
  static PerfHeader read(FileChannel file, String source) throws IOException {
    return new Loader(file, source).load();
  }

  /** Reads sections of one file; every failure names the place. */
  private static final class Loader {

    private final FileChannel file;
    private final String source;

    Loader(FileChannel file, String source) {
      this.file = file;
      this.source = source;
    }

    /**
     *
     *
     * <pre>
     * offset  0 u64 magic       8 u64 header size  16 u64 attribute size
     *        24 attributes     40 data             56 event types (unused)   : u64 offset, u64 size
     *        72 256 bits of features
     * </pre>
     */
    PerfHeader load() throws IOException {
      checkKind();
      ByteCursor in = section("file header", new Section(0, FILE_HEADER_BYTES));
      in.skip("magic and header size", 16);
      long attrBytes = in.u64("attribute size");
      Section attrs = Section.read(in, "attributes");
      Section data = Section.read(in, "data");
      in.skip("event types", SECTION_BYTES);
      BitSet features =
          BitSet.valueOf(
              new long[] {
                in.u64("features"), in.u64("features"), in.u64("features"), in.u64("features")
              });
      checkData(data);
      Map<Feature, Section> sections = featureSections(data, features);
      if (sections.containsKey(Feature.COMPRESSED)) {
        throw TraceException.of(
            source, "this perf.data is compressed (perf record -z)", "record without -z");
      }
      if (sections.containsKey(Feature.DIR_FORMAT)) {
        throw TraceException.of(
            source,
            "this is one file of a recording that is a folder (perf record --threads)",
            "record without --threads");
      }
      Map<Long, Tracepoint> tracepoints = tracepoints(sections);
      List<Described> described = described(sections);
      List<PerfEvent> events = new ArrayList<>();
      Map<Long, PerfEvent> byId = new HashMap<>();
      readAttrs(attrs, attrBytes, tracepoints, described, events, byId);
      return new PerfHeader(
          traceHeader(sections), data.offset(), data.size(), List.copyOf(events), byId);
    }

    private void checkKind() throws IOException {
      ByteCursor in = section("file header", new Section(0, PIPE_HEADER_BYTES));
      long magic = in.u64("magic");
      if (magic == MAGIC_BIG_ENDIAN) {
        throw TraceException.of(
            source, "this perf.data comes from a big-endian machine", "record on x86-64");
      }
      if (magic != MAGIC) {
        throw TraceException.at(
            Place.ofByte(source, 0), "this is not a perf.data file", "give a recording of perf's");
      }
      if (in.u64("header size") == PIPE_HEADER_BYTES) {
        throw TraceException.of(
            source, "this perf.data was written to a pipe", "record with perf record -o FILE");
      }
    }

    private void checkData(Section data) throws IOException {
      if (data.size() == 0) {
        throw TraceException.of(
            source,
            "its header was never finished: perf was killed while it recorded",
            "record again and let perf end");
      }
      long end = data.offset() + data.size();
      if (data.offset() < 0 || data.size() < 0 || end < 0 || end > file.size()) {
        throw TraceException.at(
            Place.ofByte(source, file.size()),
            "the file is cut off: its records should reach to byte 0x"
                + Long.toHexString(end)
                + ", and the events' names behind them are missing",
            COPY_WHOLE);
      }
    }

    private Map<Feature, Section> featureSections(Section data, BitSet bits) throws IOException {
      ByteCursor in =
          section(
              "feature table",
              new Section(data.offset() + data.size(), (long) SECTION_BYTES * bits.cardinality()));
      Map<Integer, Section> byBit = new HashMap<>();
      for (int bit = bits.nextSetBit(0); bit >= 0; bit = bits.nextSetBit(bit + 1)) {
        byBit.put(bit, Section.read(in, "feature"));
      }
      Map<Feature, Section> known = new EnumMap<>(Feature.class);
      for (Feature feature : Feature.values()) {
        if (byBit.containsKey(feature.bit)) {
          known.put(feature, byBit.get(feature.bit));
        }
      }
      return known;
    }

    private Map<Long, Tracepoint> tracepoints(Map<Feature, Section> sections) throws IOException {
      Section section = sections.get(Feature.TRACING_DATA);
      return section == null ? Map.of() : reading("tracing data", section, TracingData::read);
    }

    private List<Described> described(Map<Feature, Section> sections) throws IOException {
      Section section = sections.get(Feature.EVENT_DESC);
      return section == null
          ? List.of()
          : reading("event descriptions", section, Loader::readDescriptions);
    }

    /** u32 count, u32 attribute size; then each attribute, u32 id count, name, ids. */
    private static List<Described> readDescriptions(ByteCursor in) {
      long count = in.u32("event count");
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

    private static List<Long> readIds(ByteCursor in, long count) {
      List<Long> ids = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        ids.add(in.u64("event id"));
      }
      return ids;
    }

    private void readAttrs(
        Section attrs,
        long attrBytes,
        Map<Long, Tracepoint> tracepoints,
        List<Described> described,
        List<PerfEvent> events,
        Map<Long, PerfEvent> byId)
        throws IOException {
      if (attrBytes <= SECTION_BYTES || attrs.size() % attrBytes != 0 || attrs.size() == 0) {
        throw TraceException.at(
            Place.ofByte(source, 16),
            "%d bytes of attributes are no whole number of %d".formatted(attrs.size(), attrBytes),
            COPY_WHOLE);
      }
      ByteCursor in = section("attributes", attrs);
      for (int i = 0; in.left() > 0; i++) {
        EventAttr attr =
            parsed(
                "attribute " + i,
                attrs,
                in.take("attribute", attrBytes - SECTION_BYTES),
                EventAttr::read);
        Section ids = Section.read(in, "ids");
        List<Long> numbers = reading("ids", ids, it -> readIds(it, ids.size() / Long.BYTES));
        PerfEvent event = event(attr, i, numbers, tracepoints, described);
        events.add(event);
        numbers.forEach(id -> byId.put(id, event));
      }
    }

    /** A tracepoint's own name is sure; the described one may be what the user called it. */
    private PerfEvent event(
        EventAttr attr,
        int index,
        List<Long> ids,
        Map<Long, Tracepoint> tracepoints,
        List<Described> described) {
      Tracepoint tracepoint =
          attr.type() == EventAttr.TYPE_TRACEPOINT ? tracepoints.get(attr.config()) : null;
      if (tracepoint != null) {
        return new PerfEvent(attr, tracepoint.name(), Optional.of(tracepoint.format()));
      }
      return described.stream()
          .filter(it -> !it.ids().isEmpty() && it.ids().equals(ids))
          .findFirst()
          .or(() -> index < described.size() ? Optional.of(described.get(index)) : Optional.empty())
          .map(it -> new PerfEvent(attr, it.name(), Optional.empty()))
          .orElseThrow(
              () ->
                  TraceException.of(
                      source,
                      "it does not name its event number " + attr.config(),
                      "record again with perf record"));
    }

    private TraceHeader traceHeader(Map<Feature, Section> sections) throws IOException {
      return new TraceHeader(
          string(sections, Feature.OSRELEASE),
          string(sections, Feature.VERSION),
          string(sections, Feature.HOSTNAME),
          string(sections, Feature.ARCH),
          commandLine(sections));
    }

    private String string(Map<Feature, Section> sections, Feature feature) throws IOException {
      Section section = sections.get(feature);
      return section == null
          ? ""
          : reading(feature.name(), section, in -> in.perfString(feature.name()));
    }

    private String commandLine(Map<Feature, Section> sections) throws IOException {
      Section section = sections.get(Feature.CMDLINE);
      return section == null ? "" : reading("command line", section, Loader::readWords);
    }

    private static String readWords(ByteCursor in) {
      long count = in.u32("word count");
      List<String> words = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        words.add(in.perfString("word"));
      }
      return String.join(" ", words);
    }

    private interface Parser<T> {
      T parse(ByteCursor in);
    }

    private <T> T reading(String what, Section section, Parser<T> parser) throws IOException {
      return parsed(what, section, section(what, section), parser);
    }

    private <T> T parsed(String what, Section section, ByteCursor in, Parser<T> parser) {
      try {
        return parser.parse(in);
      } catch (ShortReadException e) {
        throw TraceException.at(
            Place.ofByte(source, section.offset()),
            "the " + what + " cannot be read (" + e.getMessage() + ")",
            COPY_WHOLE);
      }
    }

    private ByteCursor section(String what, Section section) throws IOException {
      boolean sane =
          section.offset() >= 0
              && section.size() >= 0
              && section.size() <= MAX_SECTION_BYTES
              && section.offset() <= file.size() - section.size();
      if (!sane) {
        throw TraceException.at(
            Place.ofByte(source, Math.min(file.size(), Math.max(0, section.offset()))),
            "the " + what + " should be here and is not: the file is cut off or damaged",
            COPY_WHOLE);
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) section.size());
      Channels.readFully(file, section.offset(), bytes);
      return new ByteCursor(bytes.flip());
    }
  }
}
