package org.sysretreplay.ingest.columnar;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Compresses pages with zstd on several threads, each with a context of its own. */
public final class PageCompressors implements BytesInputCompressor {

  /**
   * This level saves half of what the highest saves, in a tenth of its time (benchmark StoreWrite).
   */
  private static final int ZSTD_LEVEL = 3;

  private final Queue<Compressor> made = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Compressor> own = ThreadLocal.withInitial(this::make);

  /** A thread's context, and memory for a page and its packed form that is used again. */
  private static final class Compressor extends ByteArrayOutputStream {

    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(ZSTD_LEVEL);
    private byte[] packed = {};

    byte[] compress(BytesInput page) throws IOException {
      reset();
      page.writeAllTo(this);
      int most = Math.toIntExact(Zstd.compressBound(count));
      if (packed.length < most) {
        packed = new byte[most];
      }
      return Arrays.copyOf(packed, context.compressByteArray(packed, 0, most, buf, 0, count));
    }

    @Override
    public void close() {
      context.close();
    }
  }

  private Compressor make() {
    Compressor compressor = new Compressor();
    made.add(compressor);
    return compressor;
  }

  @Override
  public BytesInput compress(BytesInput bytes) throws IOException {
    return BytesInput.from(own.get().compress(bytes));
  }

  @Override
  public CompressionCodecName getCodecName() {
    return CompressionCodecName.ZSTD;
  }

  /** Closes all contexts; no thread may compress any more. */
  @Override
  public void release() {
    own.remove();
    made.forEach(Compressor::close);
    made.clear();
  }
}
