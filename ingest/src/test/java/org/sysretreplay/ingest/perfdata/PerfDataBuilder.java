package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes perf.data files: the file header, the events, the records in the order of the calls, and
 * the feature sections. Written from perf's own description of the file and not from the reader.
 */
public final class PerfDataBuilder {

  static final int FEATURE_TRACING_DATA = 1;
  static final int FEATURE_OSRELEASE = 4;
  static final int FEATURE_ARCH = 6;
  static final int FEATURE_EVENT_DESC = 12;
  static final int FEATURE_DIR_FORMAT = 24;
  static final int FEATURE_COMPRESSED = 27;

  private static final int FILE_HEADER_BYTES = 104;
  private static final int SECTION_BYTES = 16;

  /** The sections that name the events. */
  public enum Naming {
    DESCRIPTIONS,
    TRACING_DATA,
    BOTH,
    NONE
  }

  private final List<SampledEvent> events = new ArrayList<>();
  private final LittleEndianOutput data = new LittleEndianOutput();
  private final Map<Integer, byte[]> features = new TreeMap<>();
  private Naming naming = Naming.BOTH;
  private int attrBytes = 136;

  /** Adds an event; its settings and ids are in force when the file is written. */
  public PerfDataBuilder event(SampledEvent event) {
    events.add(event);
    return this;
  }

  public PerfDataBuilder naming(Naming naming) {
    this.naming = naming;
    return this;
  }

  /** Sets the length of the attributes, without the section of ids: 64 is the oldest. */
  public PerfDataBuilder attrBytes(int attrBytes) {
    this.attrBytes = attrBytes;
    return this;
  }

  public PerfDataBuilder kernelRelease(String release) {
    return feature(FEATURE_OSRELEASE, new LittleEndianOutput().perfString(release).toBytes());
  }

  /** The architecture, as uname prints it. */
  public PerfDataBuilder arch(String arch) {
    return feature(FEATURE_ARCH, new LittleEndianOutput().perfString(arch).toBytes());
  }

  public PerfDataBuilder feature(int bit, byte[] section) {
    features.put(bit, section);
    return this;
  }

  /** The next record. */
  public PerfDataBuilder record(int type, byte[] body) {
    return record(type, 0, body);
  }

  public PerfDataBuilder record(int type, int misc, byte[] body) {
    data.u32(type).u16(misc).u16(8 + body.length).bytes(body);
    return this;
  }

  /** Adds bytes among the records that need not be a record. */
  public PerfDataBuilder raw(byte[] bytes) {
    data.bytes(bytes);
    return this;
  }

  public PerfDataBuilder sample(byte[] body) {
    return record(9, body);
  }

  /** PERF_RECORD_COMM with the trailer of an event, in which only the time is set. */
  public PerfDataBuilder comm(SampledEvent event, int tid, String comm, long time) {
    byte[] name = comm.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    LittleEndianOutput body = new LittleEndianOutput().u32(tid).u32(tid).bytes(name);
    body.zeros(8 - name.length % 8);
    return record(3, body.bytes(event.trailer(tid, time)).toBytes());
  }

  /** PERF_RECORD_MMAP2 of two pages of code. */
  public PerfDataBuilder code(SampledEvent event, int pid, long start, String path, long time) {
    return mmap2(event, 5, pid, start, path, time);
  }

  /** PERF_RECORD_MMAP2. */
  PerfDataBuilder mmap2(
      SampledEvent event, int protection, int pid, long start, String path, long time) {
    byte[] name = path.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    LittleEndianOutput body = new LittleEndianOutput().u32(pid).u32(pid);
    body.u64(start).u64(0x2000).u64(start >> 4).zeros(24).u32(protection).u32(2);
    body.bytes(name).zeros(8 - name.length % 8);
    return record(10, 2, body.bytes(event.trailer(pid, time)).toBytes());
  }

  /** PERF_RECORD_FORK. */
  public PerfDataBuilder fork(SampledEvent event, int tid, int parentTid, long time) {
    return record(7, task(event, tid, parentTid, time));
  }

  /** PERF_RECORD_EXIT. */
  public PerfDataBuilder exit(SampledEvent event, int tid, int parentTid, long time) {
    return record(4, task(event, tid, parentTid, time));
  }

  private static byte[] task(SampledEvent event, int tid, int parentTid, long time) {
    return new LittleEndianOutput()
        .u32(tid)
        .u32(parentTid)
        .u32(tid)
        .u32(parentTid)
        .u64(time)
        .bytes(event.trailer(tid, time))
        .toBytes();
  }

  /** The mark at the end of a round. */
  public PerfDataBuilder finishedRound() {
    return record(68, new byte[0]);
  }

  public Path writeTo(Path file) throws IOException {
    return Files.write(file, toBytes());
  }

  /** The offset of the first record. */
  public long dataOffset() {
    return FILE_HEADER_BYTES
        + events.stream().mapToLong(it -> 8L * it.ids().size()).sum()
        + (long) (attrBytes + SECTION_BYTES) * events.size();
  }

  public byte[] toBytes() {
    addNames();
    LittleEndianOutput ids = new LittleEndianOutput();
    LittleEndianOutput attrs = new LittleEndianOutput();
    for (SampledEvent event : events) {
      attrs.bytes(Arrays.copyOf(event.attr(attrBytes), attrBytes));
      attrs.u64(FILE_HEADER_BYTES + ids.size()).u64(8L * event.ids().size());
      event.ids().forEach(ids::u64);
    }
    long bits = features.keySet().stream().mapToLong(bit -> 1L << bit).sum();
    LittleEndianOutput file = new LittleEndianOutput().text("PERFILE2").u64(FILE_HEADER_BYTES);
    file.u64(attrBytes + SECTION_BYTES);
    file.u64(FILE_HEADER_BYTES + ids.size()).u64(attrs.size());
    file.u64(dataOffset()).u64(data.size()).zeros(SECTION_BYTES);
    file.u64(bits).zeros(24).bytes(ids.toBytes()).bytes(attrs.toBytes()).bytes(data.toBytes());
    return file.bytes(features(file.size())).toBytes();
  }

  /** The recording as perf writes it into a pipe: only records, without the events and features. */
  public byte[] toPipeBytes() {
    return new LittleEndianOutput().text("PERFILE2").u64(16).bytes(data.toBytes()).toBytes();
  }

  /** PERF_RECORD_HEADER_TRACING_DATA of the events, and the blob behind it. */
  public PerfDataBuilder tracingDataRecord() {
    byte[] blob = tracingData();
    return record(66, new LittleEndianOutput().u32(blob.length).toBytes()).raw(blob);
  }

  private byte[] features(long start) {
    LittleEndianOutput table = new LittleEndianOutput();
    LittleEndianOutput sections = new LittleEndianOutput();
    features.forEach(
        (bit, section) -> {
          table.u64(start + (long) SECTION_BYTES * features.size() + sections.size());
          table.u64(section.length);
          sections.bytes(section);
        });
    return table.bytes(sections.toBytes()).toBytes();
  }

  private void addNames() {
    if (naming == Naming.DESCRIPTIONS || naming == Naming.BOTH) {
      LittleEndianOutput section = new LittleEndianOutput().u32(events.size()).u32(attrBytes);
      for (SampledEvent event : events) {
        section.bytes(Arrays.copyOf(event.attr(attrBytes), attrBytes)).u32(event.ids().size());
        section.perfString(event.name());
        event.ids().forEach(section::u64);
      }
      features.putIfAbsent(FEATURE_EVENT_DESC, section.toBytes());
    }
    if (naming == Naming.TRACING_DATA || naming == Naming.BOTH) {
      features.putIfAbsent(FEATURE_TRACING_DATA, tracingData());
    }
  }

  private byte[] tracingData() {
    LittleEndianOutput section =
        new LittleEndianOutput().u8(0x17).u8(0x08).u8(0x44).text("tracing");
    section.zeroEnded("0.6").u8(0).u8(8).u32(4096);
    section.zeroEnded("header_page").sized("\tfield: u64 timestamp;\toffset:0;\tsize:8;\n");
    section.zeroEnded("header_event").sized("# compressed entry header\n");
    section.u32(1).sized("name: function\nID: 1\nformat:\n");
    section.u32(events.size());
    for (SampledEvent event : events) {
      String[] name = event.name().split(":");
      section.zeroEnded(name[0]).u32(1).sized(event.format(name[1]));
    }
    return section.u32(0).u32(0).u64(0).toBytes();
  }
}
