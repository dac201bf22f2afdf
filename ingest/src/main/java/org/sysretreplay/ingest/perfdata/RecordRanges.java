package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.sysretreplay.ingest.flow.PullSource;
import org.sysretreplay.ingest.trace.TraceBytes;

/**
 * Cuts a data section into ranges of whole records by their sizes alone. It ends before the first
 * record that this does not work for: one that is packed, that announces bytes behind it, or that
 * is not whole.
 */
final class RecordRanges implements PullSource<RecordRange> {

  /** The usual size of a range. */
  static final int RANGE_BYTES = 1 << 20;

  /**
   * A range has at most so many records, however small: the objects made of a record take more
   * memory than the record.
   */
  private static final int MAX_RECORDS = 1 << 13;

  private final String source;
  private final FileChannel file;
  private final long end;
  private final int rangeBytes;

  /** Buffers of ranges that were parsed, to be used again. */
  private final Queue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

  private long next;

  /**
   * The records from {@code start} up to {@code end}, both in bytes of the file.
   *
   * @param source the file as the user named it
   * @param rangeBytes at least 64 KiB: no record is longer
   */
  RecordRanges(String source, FileChannel file, long start, long end, int rangeBytes) {
    this.source = source;
    this.file = file;
    this.end = end;
    this.rangeBytes = rangeBytes;
    next = start;
  }

  @Override
  public RecordRange next() {
    ByteBuffer bytes = read();
    int records = limitToWhole(bytes);
    if (records == 0) {
      return null;
    }
    long start = next;
    next += bytes.limit();
    return new RecordRange(start, next, bytes, records);
  }

  private ByteBuffer read() {
    ByteBuffer known = idle.poll();
    ByteBuffer bytes = known == null ? ByteBuffer.allocate(rangeBytes) : known.clear();
    bytes.limit((int) Math.min(rangeBytes, end - next));
    try {
      ChannelReads.readFully(file, next, bytes);
    } catch (IOException e) {
      throw TraceBytes.unreadable(source, e);
    }
    return bytes.flip();
  }

  /** Leaves only whole records in the buffer, and gives how many they are. */
  private static int limitToWhole(ByteBuffer buffer) {
    byte[] bytes = buffer.array();
    int length = buffer.limit();
    int at = 0;
    int records = 0;
    while (at <= length - RecordStream.HEADER_BYTES && records < MAX_RECORDS) {
      int size = LittleEndian.u16(bytes, at + RecordStream.SIZE_OFFSET);
      boolean whole = size >= RecordStream.HEADER_BYTES && size <= length - at;
      if (!whole || !standsAlone(LittleEndian.s32(bytes, at))) {
        break;
      }
      at += size;
      records++;
    }
    buffer.limit(at);
    return records;
  }

  private static boolean standsAlone(int type) {
    return switch (type) {
      case InflatedRecords.RECORD_COMPRESSED,
          InflatedRecords.RECORD_COMPRESSED2,
          RecordEntries.RECORD_HEADER_TRACING_DATA,
          RecordEntries.RECORD_AUXTRACE ->
          false;
      default -> true;
    };
  }

  /** Takes the buffer of a range back, to be used again. */
  void recycle(RecordRange range) {
    idle.add(range.bytes());
  }

  /** Where the next range would begin, in bytes of the file. */
  long position() {
    return next;
  }

  /** Does nothing: the opener of the file closes it. */
  @Override
  public void close() {
    // Nothing else is held.
  }
}
