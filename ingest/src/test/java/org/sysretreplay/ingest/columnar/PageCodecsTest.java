package org.sysretreplay.ingest.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Compressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xerial.snappy.Snappy;

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

  private byte[] unpacked(CompressionCodecName codec, byte[] packed, int size) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(size);
    codecs.getDecompressor(codec).decompress(ByteBuffer.wrap(packed), packed.length, into, size);
    assertThat(
            codecs
                .getDecompressor(codec)
                .decompress(BytesInput.from(packed), size)
                .toInputStream()
                .readAllBytes())
        .isEqualTo(into.array());
    return into.array();
  }

  static Stream<Arguments> packed() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(PAGE);
    }
    return Stream.of(
        Arguments.of(CompressionCodecName.UNCOMPRESSED, PAGE),
        Arguments.of(CompressionCodecName.ZSTD, Zstd.compress(PAGE)),
        Arguments.of(CompressionCodecName.GZIP, gzip.toByteArray()),
        Arguments.of(CompressionCodecName.SNAPPY, Snappy.compress(PAGE)),
        Arguments.of(CompressionCodecName.LZ4_RAW, lz4(0, PAGE.length)),
        Arguments.of(CompressionCodecName.LZ4, hadoopLz4()));
  }

  private static byte[] lz4(int from, int to) {
    Lz4Compressor compressor = new Lz4Compressor();
    byte[] packed = new byte[compressor.maxCompressedLength(to - from)];
    int size = compressor.compress(PAGE, from, to - from, packed, 0, packed.length);
    return Arrays.copyOf(packed, size);
  }

  /** A block of two chunks, and one of one. */
  private static byte[] hadoopLz4() {
    ByteBuffer packed = ByteBuffer.allocate(1 << 10);
    packed.putInt(12);
    for (byte[] chunk : List.of(lz4(0, 7), lz4(7, 12))) {
      packed.putInt(chunk.length).put(chunk);
    }
    byte[] last = lz4(12, PAGE.length);
    packed.putInt(PAGE.length - 12).putInt(last.length).put(last);
    return Arrays.copyOf(packed.array(), packed.position());
  }

  @ParameterizedTest
  @MethodSource("packed")
  void unpacksWhatOtherProgramsPackWithoutHadoop(CompressionCodecName codec, byte[] packed)
      throws IOException {
    assertThat(unpacked(codec, packed, PAGE.length)).isEqualTo(PAGE);
  }

  /** Any bytes are an uncompressed page. */
  static Stream<Arguments> packedBySomething() throws IOException {
    return packed().skip(1);
  }

  @ParameterizedTest
  @MethodSource("packedBySomething")
  void damageOfAnyKindIsAnIoException(CompressionCodecName codec, byte[] packed) {
    byte[] half = Arrays.copyOf(packed, packed.length / 2);
    assertThatThrownBy(() -> unpacked(codec, half, PAGE.length)).isInstanceOf(IOException.class);
  }

  @Test
  void namesACodecThatItDoesNotKnow() {
    assertThatThrownBy(() -> codecs.getDecompressor(CompressionCodecName.BROTLI))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("its pages are packed by BROTLI, which is not known here");
  }
}
