package org.sysretreplay.ingest.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages that claim to hold more than they can: no memory is allocated for them. */
class PageSizesTest {

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"ZSTD", "SNAPPY", "GZIP", "LZ4", "LZ4_RAW"})
  void aPageThatClaimsTwoGigabytesIsRefused(CompressionCodecName codec) {
    try (PageCodecs codecs = new PageCodecs()) {
      BytesInput packed = BytesInput.from(Zstd.compress(new byte[1000]));
      assertThatThrownBy(() -> codecs.getDecompressor(codec).decompress(packed, Integer.MAX_VALUE))
          .isInstanceOf(OversizedPageException.class)
          .hasMessageEndingWith("says that it holds 2,147,483,647, over 200 times as many");
    }
  }

  @Test
  void aPageOfOneValueAMillionTimesIsSound() throws IOException {
    byte[] page = new byte[8 << 20];
    try (PageCodecs codecs = new PageCodecs()) {
      BytesInput packed = BytesInput.from(Zstd.compress(page));
      assertThat(
              codecs
                  .getDecompressor(CompressionCodecName.ZSTD)
                  .decompress(packed, page.length)
                  .size())
          .isEqualTo(page.length);
    }
  }

  private static ByteBufferInputStream differences(int block, int parts, int total)
      throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    BytesUtils.writeUnsignedVarInt(block, page);
    BytesUtils.writeUnsignedVarInt(parts, page);
    BytesUtils.writeUnsignedVarInt(total, page);
    page.write(new byte[20]);
    return ByteBufferInputStream.wrap(ByteBuffer.wrap(page.toByteArray()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Encoding.class,
      names = {"DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"})
  void differencesAreAsManyAsTheirBytesCanHold(Encoding encoding) throws IOException {
    assertThatThrownBy(
            () -> PageSizes.checkDifferences(encoding, differences(128, 4, Integer.MAX_VALUE)))
        .isInstanceOf(OversizedPageException.class)
        .hasMessageContaining("says that it holds 2,147,483,647 differences");
    assertThatThrownBy(
            () -> PageSizes.checkDifferences(encoding, differences(Integer.MAX_VALUE, 4, 1)))
        .hasMessage("a page has differences in blocks of 2147483647");
    ByteBufferInputStream sound = differences(128, 4, 1000);
    long before = sound.available();
    assertThatCode(() -> PageSizes.checkDifferences(encoding, sound)).doesNotThrowAnyException();
    assertThat(sound.available()).isEqualTo((int) before);
  }
}
