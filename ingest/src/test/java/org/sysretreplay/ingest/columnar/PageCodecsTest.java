package org.sysretreplay.ingest.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;

class PageCodecsTest {

  private static final byte[] PAGE = "a page a page a page".getBytes();

  private final PageCodecs codecs = new PageCodecs();
  private final BytesInputDecompressor zstd = codecs.getDecompressor(CompressionCodecName.ZSTD);

  private byte[] unpacked(byte[] packed, int size) throws IOException {
    return zstd.decompress(BytesInput.from(packed), size).toInputStream().readAllBytes();
  }

  @Test
  void unpacksPageAfterPageWhateverAReaderReleases() throws IOException {
    byte[] packed = Zstd.compress(PAGE);
    assertThat(unpacked(packed, PAGE.length)).isEqualTo(PAGE);
    zstd.release();
    codecs.release();
    ByteBuffer into = ByteBuffer.allocate(PAGE.length);
    zstd.decompress(ByteBuffer.wrap(packed), packed.length, into, PAGE.length);
    assertThat(into.array()).isEqualTo(PAGE);
  }

  @Test
  void nothingUnpacksToNothing() throws IOException {
    assertThat(unpacked(new byte[0], 0)).isEmpty();
  }

  @Test
  void damageIsAnIoException() {
    assertThatThrownBy(() -> unpacked(PAGE, 20)).isInstanceOf(IOException.class);
  }
}
