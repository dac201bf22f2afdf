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
 * Packs and unpacks pages. For zstd there is one context for all of them: the library opens a
 * stream for each page, and of small pages most of the time goes into that (benchmark
 * replay/from-classes). What other programs pack by, the library leaves to Hadoop, of which there
 * are no more than names here. Not for use by several threads.
 */
public final class PageCodecs implements CompressionCodecFactory, Closeable {

  /** Made for the first page that needs it: only files of other programs do. */
  private Optional<CodecFactory> library = Optional.empty();

  /** Pages are packed to a fiftieth at best. */
  private static final long USUAL_RATIO = 200;

  private final long ratio;
  private final ZstdPages zstd;
  private final PageCompressors compressors = new PageCompressors();

  /** Codecs for pages as programs write them. */
  public PageCodecs() {
    this(USUAL_RATIO);
  }

  /**
   * Codecs for pages as somebody may have made them.
   *
   * @param ratio how many times as large as it is packed a large page may be
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
      default -> new ForeignPages(codec, ratio);
    };
  }

  /** Whether pages that were packed by it can be unpacked here. */
  public static boolean unpacks(CompressionCodecName codec) {
    return switch (codec) {
      case ZSTD, UNCOMPRESSED -> true;
      default -> ForeignPages.unpacks(codec);
    };
  }

  private CodecFactory library() {
    if (library.isEmpty()) {
      library = Optional.of(new CodecFactory(new PlainParquetConfiguration(), 0));
    }
    return library.get();
  }

  /** Every reader releases the codecs when it is closed; these are for the next one too. */
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
        // Some programs write no frame where there is nothing to pack.
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
