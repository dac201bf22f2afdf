package org.sysretreplay.ingest.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.source.TraceFormat;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TraceBytesTest {

  private static final String LINE =
      "{\"rip\":1,\"rcx\":1,\"r11\":1,\"rflags\":1,\"cs\":1,\"ss\":1}\n";

  private static final String TOO_LARGE =
      ": it needs more memory to unpack than is allowed; unpack it, or pack it with a smaller window"
          + " (zstd without --long, xz -9).";

  @TempDir Path folder;

  @Test
  void anyOtherFailureIsAMatterOfPermissions() {
    assertThat(TraceBytes.unreadable("a", new AccessDeniedException("a")))
        .hasMessage("a: it cannot be read (permission denied); check its permissions.");
  }

  /** A frame of Zstandard with a window of so many bits and one block, in which LINE is raw. */
  private static byte[] zstd(int windowBits) {
    byte[] line = LINE.getBytes(StandardCharsets.UTF_8);
    int last = 1;
    return ByteBuffer.allocate(9 + line.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0xfd2fb528)
        .put((byte) 0)
        .put((byte) (windowBits - 10 << 3))
        .put((byte) (line.length << 3 | last))
        .putShort((short) (line.length >> 5))
        .put(line)
        .array();
  }

  /** LINE packed by xz, with a header that asks for a dictionary of so many bits. */
  private static byte[] xz(int dictionaryBits) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream xz = new XZOutputStream(out, new LZMA2Options(0))) {
      xz.write(LINE.getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = out.toByteArray();
    int header = 12;
    int length = 4 * bytes[header];
    bytes[header + 4] = (byte) (2 * (dictionaryBits - 12));
    CRC32 sum = new CRC32();
    sum.update(bytes, header, length);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(header + length, (int) sum.getValue());
    return bytes;
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x"), bytes);
  }

  @Test
  void asMuchMemoryAsUsualPackersAskForIsAllowed() throws IOException {
    assertThat(TraceBytes.head(file(zstd(27)), 1000)).asString().isEqualTo(LINE);
    assertThat(TraceBytes.head(file(xz(26)), 1000)).asString().isEqualTo(LINE);
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 31})
  void aWindowThatIsTooLargeIsNoDamage(int windowBits) throws IOException {
    Path file = file(zstd(windowBits));
    assertThatThrownBy(() -> TraceBytes.head(file, 1000)).hasMessage(file + TOO_LARGE);
  }

  @Test
  void aDictionaryThatIsTooLargeIsNoDamage() throws IOException {
    Path file = file(xz(29));
    assertThatThrownBy(() -> TraceBytes.head(file, 1000)).hasMessage(file + TOO_LARGE);
  }

  /** Nor is it a reject, wherever in the text it shows. */
  @Test
  void aTextWithSuchAWindowFurtherDownIsAnError() throws IOException {
    byte[] small = zstd(20);
    byte[] large = zstd(28);
    byte[] both = new byte[small.length + large.length];
    System.arraycopy(small, 0, both, 0, small.length);
    System.arraycopy(large, 0, both, small.length, large.length);
    Path file = file(both);
    TraceReader reader = TraceFormat.JSONL.open(file, Reading.ASSEMBLED);
    try (reader) {
      assertThatThrownBy(
              () -> {
                while (reader.hasNext()) {
                  reader.next();
                }
              })
          .isInstanceOf(TraceException.class)
          .hasMessage(file + TOO_LARGE);
    }
  }
}
