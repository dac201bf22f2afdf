package org.sysretreplay.ingest.columnar;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Compresses pages on several threads, each with a compressor of its own. */
public final class PageCompressors implements BytesInputCompressor {

  /** Half of what the highest level saves, at a tenth of its time (benchmark StoreWrite). */
  private static final String ZSTD_LEVEL = "3";

  private final Queue<CodecFactory> made = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<BytesInputCompressor> own = ThreadLocal.withInitial(this::make);

  private BytesInputCompressor make() {
    Configuration options = new Configuration(false);
    options.set("parquet.compression.codec.zstd.level", ZSTD_LEVEL);
    CodecFactory codecs = new CodecFactory(options, ParquetProperties.DEFAULT_PAGE_SIZE);
    made.add(codecs);
    return codecs.getCompressor(getCodecName());
  }

  /** The compressed bytes, valid until the thread compresses the next ones. */
  @Override
  public BytesInput compress(BytesInput bytes) throws IOException {
    return own.get().compress(bytes);
  }

  @Override
  public CompressionCodecName getCodecName() {
    return CompressionCodecName.ZSTD;
  }

  /** Told when no thread compresses any more. */
  @Override
  public void release() {
    own.remove();
    made.forEach(CodecFactory::release);
  }
}
