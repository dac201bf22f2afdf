package org.sysretreplay.ingest.columnar;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The codecs of pages. Parquet's library opens a zstd stream for each page, which takes most of the
 * time of a small page; here one context serves all pages (benchmark replay/from-classes). For the
 * codecs of other programs the library needs Hadoop, which is not on the class path but for its
 * names of file systems, so that {@link ForeignDecompressor} does it. Not for use by several
 * threads.
 */
public final class PageCodecs implements CompressionCodecFactory, Closeable {

  /** The library's codecs, made when first needed: only files of other programs need them. */
  private Optional<CodecFactory> library = Optional.empty();

  /** The usual limit of {@code ratio}. Pages are compressed to a fiftieth at best. */
  private static final long USUAL_RATIO = 200;

  private final long ratio;
  private final ZstdPages zstd;
  private final PageCompressors compressors = new PageCompressors();

  /** Codecs for pages of the usual compression ratio. */
  public PageCodecs() {
    this(USUAL_RATIO);
  }

  /**
   * Codecs with a limit of the compression ratio, for pages that may have been forged.
   *
   * @param ratio how many times its compressed size a large page may have
   */
  public PageCodecs(long ratio) {
    this.ratio = ratio;
    zstd = new ZstdPages(ratio);
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return codec == CompressionCodecName.ZSTD ? compressors : library().getCompressor(codec);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case ZSTD -> zstd;
      case UNCOMPRESSED -> library().getDecompressor(codec);
      default -> new ForeignDecompressor(codec, ratio);
    };
  }

  /** Whether pages of that codec can be decompressed. */
  public static boolean unpacks(CompressionCodecName codec) {
    return switch (codec) {
      case ZSTD, UNCOMPRESSED -> true;
      default -> ForeignDecompressor.unpacks(codec);
    };
  }

  private CodecFactory library() {
    if (library.isEmpty()) {
      library = Optional.of(new CodecFactory(new PlainParquetConfiguration(), 0));
    }
    return library.get();
  }

  /**
   * Does nothing: every reader releases the codecs when it is closed, and the next one still needs
   * them.
   */
  @Override
  public void release() {}

  @Override
  public void close() {
    library.ifPresent(CodecFactory::release);
    zstd.context.close();
    compressors.release();
  }

  private static final class ZstdPages implements BytesInputDecompressor {

    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final long ratio;

    ZstdPages(long ratio) {
      this.ratio = ratio;
    }

    @Override
    public BytesInput decompress(BytesInput packed, int size) throws IOException {
      return BytesInput.from(unpacked(packed.toInputStream().readAllBytes(), size));
    }

    private byte[] unpacked(byte[] packed, int size) throws IOException {
      if (size == 0) {
        // Some programs write no zstd frame for an empty page.
        return new byte[0];
      }
      PageSizes.check(packed.length, size, ratio);
      try {
        return context.decompress(packed, size);
      } catch (ZstdException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void decompress(ByteBuffer packed, int packedSize, ByteBuffer to, int size)
        throws IOException {
      byte[] from = new byte[packedSize];
      packed.get(from);
      to.put(unpacked(from, size));
    }

    @Override
    public void release() {}
  }
}
