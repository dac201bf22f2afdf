package org.sysretreplay.ingest.columnar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.codec.Lz4RawDecompressor;
import org.apache.parquet.hadoop.codec.NonBlockedDecompressor;
import org.apache.parquet.hadoop.codec.SnappyDecompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Decompresses pages that other programs compressed with Snappy, gzip or LZ4. */
final class ForeignDecompressor implements BytesInputDecompressor {

  private final CompressionCodecName codec;
  private final long ratio;

  /**
   * A decompressor for one codec.
   *
   * @param ratio how many times its compressed size a large page may have
   * @throws IllegalArgumentException if the codec is not supported; the message is the reason
   */
  ForeignDecompressor(CompressionCodecName codec, long ratio) {
    this.codec = codec;
    this.ratio = ratio;
    if (!unpacks(codec)) {
      throw new IllegalArgumentException(
          "its pages are packed by " + codec + ", which is not known here");
    }
  }

  /** Whether the codec is supported. */
  static boolean unpacks(CompressionCodecName codec) {
    return switch (codec) {
      case SNAPPY, GZIP, LZ4_RAW, LZ4 -> true;
      default -> false;
    };
  }

  @Override
  public BytesInput decompress(BytesInput packed, int size) throws IOException {
    return BytesInput.from(unpacked(packed.toInputStream().readAllBytes(), size));
  }

  @Override
  public void decompress(ByteBuffer packed, int packedSize, ByteBuffer to, int size)
      throws IOException {
    byte[] from = new byte[packedSize];
    packed.get(from);
    to.put(unpacked(from, size));
  }

  private byte[] unpacked(byte[] packed, int size) throws IOException {
    PageSizes.check(packed.length, size, ratio);
    byte[] page = new byte[size];
    int unpacked =
        switch (codec) {
          case GZIP -> gunzip(packed, page);
          case SNAPPY -> unpack(new SnappyDecompressor(), packed, page, 0);
          case LZ4_RAW -> unpack(new Lz4RawDecompressor(), packed, page, 0);
          default -> unpackBlocks(ByteBuffer.wrap(packed), page);
        };
    if (unpacked != size) {
      throw new IOException("a page unpacks to %d bytes and not %d".formatted(unpacked, size));
    }
    return page;
  }

  /** Unpacks, and gives how many bytes there were, or one more than fit. */
  private static int gunzip(byte[] packed, byte[] into) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      int count = in.readNBytes(into, 0, into.length);
      return in.read() < 0 ? count : count + 1;
    }
  }

  /** Decompresses to {@code start} and behind it, and gives how many bytes there were. */
  private static int unpack(NonBlockedDecompressor by, byte[] packed, byte[] into, int start)
      throws IOException {
    if (start == into.length) {
      return 0;
    }
    try {
      by.setInput(packed, 0, packed.length);
      return by.decompress(into, start, into.length - start);
    } catch (RuntimeException e) {
      throw new IOException(e);
    } finally {
      by.end();
    }
  }

  /**
   * Decompresses Hadoop's framing of LZ4: blocks behind their decompressed size, each made of
   * chunks behind their compressed size.
   */
  private static int unpackBlocks(ByteBuffer packed, byte[] into) throws IOException {
    int done = 0;
    while (done < into.length) {
      int end = done + sizeBefore(packed, into.length - done);
      while (done < end) {
        byte[] chunk = new byte[sizeBefore(packed, packed.remaining())];
        packed.get(chunk);
        done += unpack(new Lz4RawDecompressor(), chunk, into, done);
      }
    }
    return done;
  }

  private static int sizeBefore(ByteBuffer packed, int most) throws IOException {
    int size = packed.remaining() < Integer.BYTES ? 0 : packed.getInt();
    if (size <= 0 || size > most) {
      throw new IOException("a page's blocks do not fit into it");
    }
    return size;
  }

  @Override
  public void release() {}
}
