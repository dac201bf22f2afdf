package org.sysretreplay.ingest.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceRecord;

/** Parquet files of which one bit is wrong, or one byte is missing. */
class DamagedParquetTest {

  private static final int ROWS = 20;

  /** The footer's length and the magic. */
  private static final int TAIL_BYTES = 8;

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message any {
            required int64 rip; required int64 rcx; required int64 r11; required int64 rflags;
            required int64 cs; optional int64 ss; optional int32 tid; optional binary comm (STRING);
          }
          """);

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("a.parquet");
  }

  /** A file of this program: packed, and with dictionaries. */
  private static byte[] own() throws IOException {
    List<ExitFrame> frames =
        Traces.readAll(TraceFormat.PERF_DATA, Traces.perfData("trap-flag")).frames();
    return Traces.parquet(frames.subList(0, ROWS));
  }

  /** A file that another program wrote, not packed, and with check sums. */
  private byte[] foreign() throws IOException {
    Path path = folder.resolve("foreign.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path)).withType(SCHEMA).build()) {
      for (int i = 0; i < ROWS; i++) {
        Group row = new SimpleGroup(SCHEMA);
        row.append("rip", 0x1000L + i).append("rcx", 0x1000L + i).append("r11", 0x246L);
        row.append("rflags", 0x246L + i).append("cs", 0x33L).append("ss", 0x2bL);
        row.append("tid", i % 3).append("comm", "name " + i % 4);
        writer.write(row);
      }
    }
    return Files.readAllBytes(path);
  }

  private static int footerStart(byte[] file) {
    int tail = file.length - TAIL_BYTES;
    return tail - ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(tail);
  }

  private static byte[] flipped(byte[] sound, int position) {
    byte[] damaged = sound.clone();
    damaged[position] ^= (byte) (1 << position % Byte.SIZE);
    return damaged;
  }

  private static byte[] without(byte[] sound, int position) {
    byte[] damaged = Arrays.copyOf(sound, sound.length - 1);
    System.arraycopy(sound, position + 1, damaged, position, damaged.length - position);
    return damaged;
  }

  /** The records of a file; empty if it is refused, in a sentence that a user understands. */
  private Optional<List<TraceRecord>> read(byte[] bytes, String damage) throws IOException {
    Files.write(file(), bytes);
    try {
      return Optional.of(Traces.readAll(TraceFormat.PARQUET, file(), Reading.ASSEMBLED).records());
    } catch (TraceException e) {
      assertThat(e.getMessage())
          .as(damage)
          .startsWith(file().toString())
          .endsWith(".")
          .doesNotContain("org.apache", "java.", "Exception", "Cannot invoke", "permissions")
          .doesNotContainPattern("@\\p{XDigit}")
          .hasLineCount(1);
      return Optional.empty();
    }
  }

  private int found(byte[] sound) throws IOException {
    List<TraceRecord> whole = read(sound, "none").orElseThrow();
    assertThat(whole).hasSize(ROWS);
    int found = 0;
    for (int i = 0; i < footerStart(sound); i++) {
      Optional<List<TraceRecord>> rest = read(flipped(sound, i), "byte " + i);
      rest.ifPresent(it -> assertThat(it).isEqualTo(whole));
      found += rest.isEmpty() ? 1 : 0;
    }
    return found;
  }

  @Test
  void aFlippedBitBeforeTheFooterIsFoundOrChangesNoFrame() throws IOException {
    for (byte[] sound : List.of(own(), foreign())) {
      assertThat(found(sound)).isGreaterThan(footerStart(sound) / 3);
    }
  }

  @Test
  void damageToAFooterIsToldWithoutTheLibrarysWords() throws IOException {
    byte[] sound = foreign();
    int refused = 0;
    for (int i = footerStart(sound); i < sound.length; i++) {
      refused += read(flipped(sound, i), "byte " + i).isEmpty() ? 1 : 0;
      refused += read(without(sound, i), "without byte " + i).isEmpty() ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(sound.length - footerStart(sound));
  }

  @Test
  void aFooterThatCannotBeReadIsDamaged() throws IOException {
    byte[] damaged = foreign();
    Arrays.fill(damaged, footerStart(damaged), damaged.length - TAIL_BYTES, (byte) 0x5a);
    assertRefused(
        damaged,
        ": it cannot be read as Parquet (its footer is damaged); copy the file whole, or write it"
            + " again.");
  }

  @Test
  void aPageWhoseCheckSumIsWrongIsDamaged() throws IOException {
    byte[] sound = foreign();
    int inName = new String(sound, StandardCharsets.ISO_8859_1).indexOf("ame ");
    assertRefused(
        flipped(sound, inName),
        " @ row 1: it cannot be read as Parquet (a page is damaged); copy the file whole, or write"
            + " it again.");
  }

  private void assertRefused(byte[] bytes, String sentence) throws IOException {
    Files.write(file(), bytes);
    assertThatThrownBy(() -> Traces.readAll(TraceFormat.PARQUET, file()))
        .isInstanceOf(TraceException.class)
        .hasMessage(file() + sentence);
  }
}
