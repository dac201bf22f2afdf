package org.sysretreplay.ingest.perfdata;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.sysretreplay.ingest.perfdata.Sections.Section;

/**
 * What perf wrote before it was killed, or its disk was full: records, and nothing that tells what
 * they are. perf writes a header into the first file of a recording only, before it ends the file;
 * all files that it rotates have the same header but for their lengths, and the same events, so
 * that the one can be finished with what another says.
 */
public final class UnfinishedRecording {

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
      if (in.size() < FileLayout.BYTES) {
        return true;
      }
      ByteBuffer header = read(in, 0, FileLayout.BYTES);
      return header.getLong(0) == 0 || header.getLong(FileLayout.DATA_BYTES_AT) == 0;
    }
  }

  /**
   * Writes everything of a finished file but its records.
   *
   * @throws IOException where one cannot be read or the other not be written
   */
  public static void writeHead(Path finished, Path head) throws IOException {
    try (FileChannel in = FileChannel.open(finished)) {
      FileLayout layout = layout(in);
      long start = layout.data().offset();
      long end = Math.addExact(start, layout.data().size());
      long rest = in.size() - end;
      if (start < FileLayout.BYTES || rest < 0 || start + rest > MOST_HEAD_BYTES) {
        throw new IOException(finished + " is no whole recording");
      }
      ByteBuffer before = read(in, 0, Math.toIntExact(start));
      before.putLong(FileLayout.DATA_BYTES_AT, 0);
      try (FileChannel out = create(head)) {
        write(out, before);
        write(out, moved(layout, read(in, end, Math.toIntExact(rest)), start - end));
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
      FileLayout layout = layout(like);
      long start = layout.data().offset();
      long bytes = wholeRecords(in, start);
      ByteBuffer before = read(like, 0, Math.toIntExact(start));
      before.putLong(FileLayout.DATA_BYTES_AT, bytes);
      ByteBuffer after = read(like, start, Math.toIntExact(like.size() - start));
      try (FileChannel out = create(finished)) {
        write(out, before);
        for (long copied = 0; copied < bytes; ) {
          long more = in.transferTo(start + copied, bytes - copied, out);
          if (more <= 0) {
            throw new EOFException("it ends at byte " + in.size());
          }
          copied += more;
        }
        write(out, moved(layout, after, bytes));
        out.force(true);
      }
      return bytes;
    }
  }

  /** The sections of features, which tell where they stand themselves, after they were moved. */
  private static ByteBuffer moved(FileLayout layout, ByteBuffer features, long by) {
    for (int i = 0; i < layout.features().cardinality(); i++) {
      int at = i * Section.BYTES;
      features.putLong(at, features.getLong(at) + by);
    }
    return features;
  }

  /** How many bytes the records from there on have that are there to their ends. */
  private static long wholeRecords(FileChannel in, long start) throws IOException {
    long end = in.size();
    RecordWindow window = new RecordWindow(in, end);
    long at = start;
    while (at + RecordStream.HEADER_BYTES <= end) {
      int size = window.unsignedShort(at + RecordStream.SIZE_OFFSET);
      if (size < RecordStream.HEADER_BYTES || at + size > end) {
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
    private final long end;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private long start;

    RecordWindow(FileChannel in, long end) {
      this.in = in;
      this.end = end;
    }

    int unsignedShort(long at) throws IOException {
      if (at < start || at + Short.BYTES > start + bytes.limit()) {
        start = at;
        bytes = read(in, at, (int) Math.min(BYTES, end - at));
      }
      return LittleEndian.u16(bytes.array(), (int) (at - start));
    }
  }

  private static FileLayout layout(FileChannel in) throws IOException {
    return FileLayout.read(new ByteCursor(read(in, 0, FileLayout.BYTES)));
  }

  /** Unlike {@link ChannelReads}, refuses a file that ends before. */
  private static ByteBuffer read(FileChannel in, long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    ChannelReads.readFully(in, at, bytes);
    if (bytes.hasRemaining()) {
      throw new EOFException("it ends at byte " + in.size());
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
