package org.sysretreplay.ingest.perfdata;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/**
 * What perf wrote before it was killed, or its disk was full: records, and nothing that tells what
 * they are. perf writes a header into the first file of a recording only, before it ends the file;
 * all files that it rotates have the same header but for their lengths, and the same events, so
 * that the one can be finished with what another says.
 */
public final class UnfinishedRecording {

  private static final int HEADER_BYTES = 104;
  private static final int DATA_OFFSET_AT = 40;
  private static final int DATA_BYTES_AT = 48;
  private static final int FEATURES_AT = 72;
  private static final int SECTION_BYTES = 16;

  private static final int RECORD_HEADER_BYTES = 8;
  private static final int RECORD_SIZE_AT = 6;
  private static final int UNSIGNED_SHORT = 0xffff;

  /** No more than perf's own features need by far. */
  private static final long MOST_HEAD_BYTES = 1L << 28;

  private UnfinishedRecording() {}

  /**
   * Whether perf has not written how long the records are.
   *
   * @throws IOException where the file cannot be read
   */
  public static boolean isOne(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      if (in.size() < HEADER_BYTES) {
        return true;
      }
      ByteBuffer header = read(in, 0, HEADER_BYTES);
      return header.getLong(0) == 0 || header.getLong(DATA_BYTES_AT) == 0;
    }
  }

  /**
   * Writes everything of a finished file but its records.
   *
   * @throws IOException where one cannot be read or the other not be written
   */
  public static void writeHead(Path finished, Path head) throws IOException {
    try (FileChannel in = FileChannel.open(finished)) {
      ByteBuffer header = read(in, 0, HEADER_BYTES);
      long start = header.getLong(DATA_OFFSET_AT);
      long end = Math.addExact(start, header.getLong(DATA_BYTES_AT));
      long rest = in.size() - end;
      if (start < HEADER_BYTES || rest < 0 || start + rest > MOST_HEAD_BYTES) {
        throw new IOException(finished + " is no whole recording");
      }
      ByteBuffer before = read(in, 0, Math.toIntExact(start));
      before.putLong(DATA_BYTES_AT, 0);
      try (FileChannel out = create(head)) {
        write(out, before);
        write(out, moved(header, read(in, end, Math.toIntExact(rest)), start - end));
      }
    }
  }

  /**
   * Writes the whole records of an unfinished file as a finished one.
   *
   * @param head what {@link #writeHead} wrote of another file of the same recording
   * @return how many bytes of records there are
   * @throws IOException where one cannot be read or the other not be written
   */
  public static long finish(Path unfinished, Path head, Path finished) throws IOException {
    try (FileChannel in = FileChannel.open(unfinished);
        FileChannel like = FileChannel.open(head)) {
      ByteBuffer header = read(like, 0, HEADER_BYTES);
      long start = header.getLong(DATA_OFFSET_AT);
      long bytes = wholeRecords(in, start);
      ByteBuffer before = read(like, 0, Math.toIntExact(start));
      before.putLong(DATA_BYTES_AT, bytes);
      ByteBuffer after = read(like, start, Math.toIntExact(like.size() - start));
      try (FileChannel out = create(finished)) {
        write(out, before);
        for (long copied = 0; copied < bytes; ) {
          copied += in.transferTo(start + copied, bytes - copied, out);
        }
        write(out, moved(header, after, bytes));
        out.force(true);
      }
      return bytes;
    }
  }

  /** The sections of features, which tell where they stand themselves, after they were moved. */
  private static ByteBuffer moved(ByteBuffer header, ByteBuffer features, long by) {
    long[] bits = new long[4];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = header.getLong(FEATURES_AT + Long.BYTES * i);
    }
    int sections = BitSet.valueOf(bits).cardinality();
    for (int i = 0; i < sections; i++) {
      int at = i * SECTION_BYTES;
      features.putLong(at, features.getLong(at) + by);
    }
    return features;
  }

  /** How many bytes the records from there on have that are there to their ends. */
  private static long wholeRecords(FileChannel in, long start) throws IOException {
    RecordWindow window = new RecordWindow(in);
    long at = start;
    while (at + RECORD_HEADER_BYTES <= in.size()) {
      int size = window.unsignedShort(at + RECORD_SIZE_AT);
      if (size < RECORD_HEADER_BYTES || at + size > in.size()) {
        break;
      }
      at += size;
    }
    return at - start;
  }

  /** Some of the file at a time. */
  private static final class RecordWindow {
    private static final int BYTES = 1 << 20;

    private final FileChannel in;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private long start;

    RecordWindow(FileChannel in) {
      this.in = in;
    }

    int unsignedShort(long at) throws IOException {
      if (at < start || at + Short.BYTES > start + bytes.limit()) {
        start = at;
        bytes = read(in, at, (int) Math.min(BYTES, in.size() - at));
      }
      return bytes.getShort((int) (at - start)) & UNSIGNED_SHORT;
    }
  }

  private static ByteBuffer read(FileChannel in, long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (in.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException("it ends at byte " + in.size());
      }
    }
    return bytes.flip();
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
