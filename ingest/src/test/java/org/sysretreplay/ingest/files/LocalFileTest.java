package org.sysretreplay.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.io.SeekableInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileTest {

  private static final Path CALLS = Path.of("/proc/self/io");

  @TempDir private Path folder;
  private Path path;
  private byte[] bytes;

  @BeforeEach
  void write() throws IOException {
    bytes = new byte[1 << 20];
    new Random(7).nextBytes(bytes);
    path = Files.write(folder.resolve("file"), bytes);
  }

  @Test
  void readsWhatIsThere() throws IOException {
    LocalFile file = new LocalFile(path);
    assertThat(file.getLength()).isEqualTo(bytes.length);
    try (SeekableInputStream from = file.newStream()) {
      assertThat(from.read()).isEqualTo(bytes[0] & 0xff);
      assertThat(from.getPos()).isEqualTo(1);
      from.seek(1000);
      assertThat(from.readNBytes(9)).isEqualTo(Arrays.copyOfRange(bytes, 1000, 1009));
      ByteBuffer buffer = ByteBuffer.allocate(17);
      from.readFully(buffer);
      assertThat(buffer.array()).isEqualTo(Arrays.copyOfRange(bytes, 1009, 1026));
      from.seek(bytes.length);
      assertThat(from.read()).isEqualTo(-1);
      assertThat(from.read(new byte[4])).isEqualTo(-1);
    }
  }

  /** With one system call for each byte, verifying a large store would take hours. */
  @Test
  void asksTheKernelForManyBytesAtOnce() throws IOException {
    assumeTrue(Files.isReadable(CALLS), CALLS + " cannot be read");
    long before = calls();
    try (SeekableInputStream from = new LocalFile(path).newStream()) {
      assertThat(from.readAllBytes()).isEqualTo(bytes);
      from.seek(0);
      assertThat(Sha256.of(from)).isEqualTo(Sha256.of(bytes));
    }
    assertThat(calls() - before).isLessThan(bytes.length / 100);
  }

  private static long calls() throws IOException {
    return Files.readAllLines(CALLS).stream()
        .filter(it -> it.startsWith("syscr: "))
        .mapToLong(it -> Long.parseLong(it.substring("syscr: ".length())))
        .sum();
  }
}
