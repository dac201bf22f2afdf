package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HexFormat;

/**
 * Reads the records of a data section one after the other, through a window of fixed size.
 *
 * <p>A record is u32 type, u16 misc, u16 size with these 8 bytes, and the body.
 */
final class RecordStream implements RecordSource {

  /** The size of a record's header. */
  static final int HEADER_BYTES = 8;

  /** The offset of the record's size, which includes the header. */
  static final int SIZE_OFFSET = 6;

  static final int MISC_OFFSET = 4;
  private static final int EXCERPT_BYTES = 64;

  /** The usual size of the window. */
  static final int WINDOW_BYTES = 1 << 18;

  /** Format files are some megabytes at most; anything near this is damage. */
  private static final int MAX_PAYLOAD_BYTES = 1 << 28;

  private final FileChannel file;
  private final long end;
  private final ByteBuffer window;
  private final byte[] bytes;
  private long windowStart;

  private long offset;
  private int type;
  private int misc;
  private final ByteCursor body;

  /**
   * The records from {@code start} up to {@code end}, both in bytes of the file.
   *
   * @param windowBytes at least 64 KiB: no record is longer
   */
  RecordStream(FileChannel file, long start, long end, int windowBytes) {
    this.file = file;
    this.end = end;
    windowStart = start;
    window = ByteBuffer.allocate((int) Math.min(windowBytes, end - start)).limit(0);
    bytes = window.array();
    body = ByteCursor.within(bytes);
  }

  /** The records of a range, which are in memory already. */
  RecordStream(FileChannel file, RecordRange range) {
    this.file = file;
    end = range.end();
    windowStart = range.start();
    window = range.bytes();
    bytes = window.array();
    body = ByteCursor.within(bytes);
  }

  @Override
  public boolean advance() throws IOException {
    offset = windowStart + window.position();
    if (offset == end) {
      return false;
    }
    if (!has(HEADER_BYTES)) {
      throw new ShortReadException("record header", HEADER_BYTES, window.remaining());
    }
    int start = window.position();
    type = LittleEndian.s32(bytes, start);
    misc = LittleEndian.u16(bytes, start + MISC_OFFSET);
    int size = LittleEndian.u16(bytes, start + SIZE_OFFSET);
    if (size < HEADER_BYTES) {
      throw new ShortReadException("record of size " + size, HEADER_BYTES, size);
    }
    if (!has(size)) {
      throw new ShortReadException(
          "record of type " + Integer.toUnsignedString(type), size, window.remaining());
    }
    start = window.position();
    body.moveTo(start + HEADER_BYTES, start + size);
    window.position(start + size);
    return true;
  }

  @Override
  public ByteCursor payload(long size) throws IOException {
    long at = windowStart + window.position();
    skip(size);
    if (size > MAX_PAYLOAD_BYTES) {
      throw new ShortReadException("payload", size, MAX_PAYLOAD_BYTES);
    }
    ByteBuffer payload = ByteBuffer.allocate((int) size);
    ChannelReads.readFully(file, at, payload);
    return new ByteCursor(payload.flip());
  }

  @Override
  public void skip(long size) throws IOException {
    long target = windowStart + window.position() + size;
    if (size < 0 || target > end || target < offset) {
      throw new ShortReadException("payload", size, end - windowStart - window.position());
    }
    windowStart = target;
    window.position(0).limit(0);
  }

  /** Whether so many bytes are in the window; moves it on if they are not. */
  private boolean has(int size) throws IOException {
    if (window.remaining() < size) {
      refill();
    }
    return window.remaining() >= size;
  }

  private void refill() throws IOException {
    windowStart += window.position();
    window.compact();
    long unread = end - windowStart - window.position();
    window.limit((int) Math.min(window.capacity(), window.position() + unread));
    ChannelReads.readFully(file, windowStart + window.position(), window);
    window.flip();
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public int type() {
    return type;
  }

  @Override
  public int misc() {
    return misc;
  }

  @Override
  public ByteCursor body() {
    return body;
  }

  @Override
  public String excerpt(long at) {
    return excerpt(file, at);
  }

  /** The first bytes of the record at that offset in hexadecimal, as far as they can be read. */
  static String excerpt(FileChannel file, long at) {
    try {
      ByteBuffer raw = ByteBuffer.allocate(EXCERPT_BYTES);
      ChannelReads.readFully(file, at, raw);
      return HexFormat.of().formatHex(raw.array(), 0, raw.position());
    } catch (IOException e) {
      return "";
    }
  }

  /** Does nothing: the opener of the file closes it. */
  @Override
  public void close() {
    // Nothing else is held.
  }
}
