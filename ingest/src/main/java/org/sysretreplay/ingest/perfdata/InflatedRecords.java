package org.sysretreplay.ingest.perfdata;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.sysretreplay.ingest.trace.Bounds;

/**
 * The records of a recording made with {@code perf record -z}. Every PERF_RECORD_COMPRESSED, a
 * pack, is replaced by the records that it holds; all others are handed on.
 *
 * <p>The packs of a recording are one Zstandard stream without an end mark. A packed record may
 * begin in one pack and end in the next.
 */
final class InflatedRecords implements RecordSource {

  static final int RECORD_COMPRESSED = 81;
  static final int RECORD_COMPRESSED2 = 83;
  private static final int HEADER_BYTES = 8;

  /** The size of the output buffer, with room for many records of at most 64 KiB. */
  private static final int BUFFER_BYTES = 1 << 20;

  /** The greatest size of a pack, which is a record too. */
  private static final int MAX_PACK_BYTES = 1 << 16;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final RecordSource records;
  private final Bounds bounds;

  /**
   * Null before the first pack, because making it unpacks a native library (benchmark
   * process/check-exits-only).
   */
  private ZstdDecompressCtx zstd;

  /** The inflated bytes that were not read yet, between position and limit. */
  private ByteBuffer inflated = NOTHING;

  /**
   * The same bytes as an array: the decoder needs a direct buffer, and reading is faster from an
   * array.
   */
  private byte[] bytes;

  /** The total bytes of packs so far, and of what came out of them. */
  private long packedBytes;

  private long inflatedBytes;

  /** The rest of the current pack. */
  private ByteBuffer pack = NOTHING;

  /** Whether the decoder may still hold output that did not fit. */
  private boolean bufferWasFull;

  /** Whether the current record is one of the file and no packed one. */
  private boolean plain = true;

  private int type;
  private int misc;
  private ByteCursor body;

  InflatedRecords(RecordSource records, Bounds bounds) {
    this.records = records;
    this.bounds = bounds;
  }

  @Override
  public boolean advance() throws IOException {
    while (!takeInflated()) {
      if (!inflate()) {
        if (!records.advance()) {
          return ended();
        }
        if (!openPack()) {
          plain = true;
          return true;
        }
      }
    }
    plain = false;
    return true;
  }

  private boolean ended() {
    if (inflated.hasRemaining()) {
      throw new ShortReadException("packed record", HEADER_BYTES, inflated.remaining());
    }
    return false;
  }

  /** Opens the current record as a pack, if it is one. */
  private boolean openPack() {
    ByteCursor content = records.body();
    if (records.type() == RECORD_COMPRESSED2) {
      // u64 size, then that many bytes and padding.
      content = content.take("packed data", content.u64("packed data size"));
    } else if (records.type() != RECORD_COMPRESSED) {
      return false;
    }
    if (zstd == null) {
      begin();
    }
    content.putRest(pack.clear());
    pack.flip();
    packedBytes += pack.remaining();
    return true;
  }

  private void begin() {
    zstd = new ZstdDecompressCtx();
    inflated = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    bytes = new byte[BUFFER_BYTES];
    body = ByteCursor.within(bytes);
    pack = ByteBuffer.allocateDirect(MAX_PACK_BYTES);
  }

  private boolean takeInflated() {
    if (inflated.remaining() < HEADER_BYTES) {
      return false;
    }
    int start = inflated.position();
    int size = LittleEndian.u16(bytes, start + RecordStream.SIZE_OFFSET);
    if (size < HEADER_BYTES) {
      throw new ShortReadException("packed record of size " + size, HEADER_BYTES, size);
    }
    if (inflated.remaining() < size) {
      return false;
    }
    type = LittleEndian.s32(bytes, start);
    misc = LittleEndian.u16(bytes, start + RecordStream.MISC_OFFSET);
    body.moveTo(start + HEADER_BYTES, start + size);
    inflated.position(start + size);
    return true;
  }

  /** Inflates more of the pack; false if nothing more comes out. */
  private boolean inflate() throws IOException {
    if (!pack.hasRemaining() && !bufferWasFull) {
      return false;
    }
    inflated.compact();
    int before = inflated.position();
    try {
      inflateSome();
    } catch (ZstdException e) {
      inflated.position(0);
      throw ShortReadException.ofDamage(e.getMessage());
    } finally {
      bufferWasFull = !inflated.hasRemaining();
      inflated.flip();
      inflated.get(0, bytes, 0, inflated.limit());
    }
    inflatedBytes += inflated.limit() - before;
    bounds.check(packedBytes, inflatedBytes);
    return inflated.limit() > before;
  }

  /**
   * Inflates until something comes out or the pack is used up. The decoder may take bytes and give
   * none, as at the end of an empty frame.
   */
  private void inflateSome() {
    int before = inflated.position();
    int left;
    do {
      left = pack.remaining();
      zstd.decompressDirectByteBufferStream(inflated, pack);
    } while (inflated.position() == before && pack.hasRemaining() && pack.remaining() < left);
    if (inflated.position() == before && pack.hasRemaining()) {
      throw ShortReadException.ofDamage(left + " bytes of which nothing can be made");
    }
  }

  @Override
  public long offset() {
    return records.offset();
  }

  @Override
  public int type() {
    return plain ? records.type() : type;
  }

  @Override
  public int misc() {
    return plain ? records.misc() : misc;
  }

  @Override
  public ByteCursor body() {
    return plain ? records.body() : body;
  }

  @Override
  public ByteCursor payload(long size) throws IOException {
    checkPlain(size);
    return records.payload(size);
  }

  @Override
  public void skip(long size) throws IOException {
    checkPlain(size);
    records.skip(size);
  }

  /** Refuses a payload behind a packed record: perf never packs payloads. */
  private void checkPlain(long size) {
    if (!plain) {
      throw new ShortReadException("payload of a packed record", size, 0);
    }
  }

  @Override
  public String excerpt(long at) {
    return records.excerpt(at);
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
    }
  }
}
