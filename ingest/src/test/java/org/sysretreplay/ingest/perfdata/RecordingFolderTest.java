package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.perfdata.SampledEvent.Field;
import org.sysretreplay.ingest.perfdata.SampledEvent.Told;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.TraceException;

/** Folders that perf writes with {@code --kcore} and {@code --threads}. */
class RecordingFolderTest {

  private static final int SAMPLE = 9;
  private static final int FINISHED_ROUND = 68;
  private static final int DATA_AT = 40;
  private static final int FEATURES_AT = 72;

  @TempDir Path folder;

  private Path recording;

  @BeforeEach
  void makeFolder() throws IOException {
    recording = Files.createDirectory(folder.resolve("run.data"));
  }

  /** One recording with the samples of each processor in a file of its own. */
  private void split(Path file) throws IOException {
    ByteBuffer whole = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int start = (int) whole.getLong(DATA_AT);
    int end = start + (int) whole.getLong(DATA_AT + 8);
    int cpuAt = 8 + cpuOffset(whole.getLong((int) whole.getLong(24) + 24));
    LittleEndianOutput rest = new LittleEndianOutput();
    Map<Integer, LittleEndianOutput> byCpu = new TreeMap<>();
    for (int at = start, size; at < end; at += size) {
      size = Short.toUnsignedInt(whole.getShort(at + 6));
      byte[] record = Arrays.copyOfRange(whole.array(), at, at + size);
      if (whole.getInt(at) == SAMPLE) {
        int cpu = whole.getInt(at + cpuAt);
        byCpu.computeIfAbsent(cpu, it -> new LittleEndianOutput()).bytes(record);
      } else if (whole.getInt(at) != FINISHED_ROUND) {
        rest.bytes(record);
      }
    }
    Files.write(recording.resolve("data"), header(whole, start, end, rest.toBytes()));
    int number = 0;
    for (LittleEndianOutput of : byCpu.values()) {
      Files.write(recording.resolve("data." + number++), of.toBytes());
    }
    assertThat(number).isGreaterThan(1);
  }

  private static int cpuOffset(long fields) {
    long before =
        SampledEvent.bits(Field.IP, Field.TID, Field.TIME, Field.ADDR, Field.ID, Field.STREAM_ID)
            | Field.IDENTIFIER.bit();
    return Long.BYTES * Long.bitCount(fields & before);
  }

  /** The header with other records, and with the feature that says that there are more files. */
  private static byte[] header(ByteBuffer whole, int start, int end, byte[] records) {
    long features = whole.getLong(FEATURES_AT);
    int count = Long.bitCount(features);
    int later = Long.bitCount(features >>> PerfDataBuilder.FEATURE_DIR_FORMAT);
    LittleEndianOutput file = new LittleEndianOutput();
    byte[] head = Arrays.copyOf(whole.array(), start);
    ByteBuffer.wrap(head)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(DATA_AT + 8, records.length)
        .putLong(FEATURES_AT, features | 1L << PerfDataBuilder.FEATURE_DIR_FORMAT);
    file.bytes(head).bytes(records);
    long moved = start + records.length + 16L - end;
    for (int i = 0; i <= count; i++) {
      if (i == count - later) {
        file.u64(0).u64(8);
      }
      if (i < count) {
        file.u64(whole.getLong(end + 16 * i) + moved).u64(whole.getLong(end + 16 * i + 8));
      }
    }
    int sections = end + 16 * count;
    return file.bytes(Arrays.copyOfRange(whole.array(), sections, whole.limit())).toBytes();
  }

  private Traces.Whole read(Reading reading) {
    return Traces.readAll(TraceFormat.PERF_DATA, recording, reading);
  }

  @ParameterizedTest
  @EnumSource
  void theFilesOfProcessorsAreOneRecordingInTheOrderOfTime(Reading reading) throws IOException {
    Path whole = Traces.perfData("threads");
    split(whole);
    Traces.Whole expected = Traces.readAll(TraceFormat.PERF_DATA, whole, reading);
    Traces.Whole read = read(reading);
    assertThat(read.counts()).isEqualTo(expected.counts());
    assertThat(read.frames()).isEqualTo(expected.frames());
    assertThat(read.header()).isEqualTo(expected.header());
  }

  @Test
  void aThreadBesideTheOneThatAsksReadsTheSame() throws IOException {
    Path whole = Traces.perfData("threads");
    split(whole);
    NamedFile named = NamedFile.of(recording);
    assertThat(Traces.readAll(new PerfDataReader(named, Reading.ASSEMBLED, 1 << 16, 0)).records())
        .isEqualTo(read(Reading.ASSEMBLED).records());
  }

  @Test
  void theFileWithTheHeaderStandsForAllOfThem() throws IOException {
    split(Traces.perfData("threads"));
    assertThat(Traces.readAll(TraceFormat.PERF_DATA, recording.resolve("data")).frames())
        .isEqualTo(read(Reading.AS_RECORDED).frames());
  }

  @Test
  void aFolderWithOneFileIsThatFile() throws IOException {
    Files.write(recording.resolve("data"), Cases.bytes("x86-control"));
    assertThat(read(Reading.ASSEMBLED).frames()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data.0", "data.1"})
  void aFolderWithoutOneOfItsFilesIsRefusedByTheNameOfIt(String gone) throws IOException {
    split(Traces.perfData("threads"));
    Files.write(recording.resolve("data.2"), new byte[0]);
    Files.delete(recording.resolve(gone));
    assertThatThrownBy(() -> read(Reading.AS_RECORDED))
        .isInstanceOf(TraceException.class)
        .hasMessage(
            recording.resolve("data")
                + ": this is one file of a recording that is a folder (perf record --threads), and "
                + gone
                + " is missing; copy the folder whole.");
  }

  @Test
  void aRejectNamesTheFileThatItStandsIn() throws IOException {
    split(Traces.perfData("threads"));
    byte[] records = Files.readAllBytes(recording.resolve("data.1"));
    Files.write(recording.resolve("data.1"), Arrays.copyOf(records, records.length - 20));
    assertThat(read(Reading.AS_RECORDED).rejects())
        .extracting(Reject::sentence)
        .singleElement()
        .asString()
        .startsWith(recording.resolve("data.1") + " @ byte 0x")
        .contains("the records cannot be told apart from here on");
  }

  @Test
  void whatIsBrokenInOneFileHidesNothingOfAnother() throws IOException {
    split(Traces.perfData("threads"));
    long frames = read(Reading.AS_RECORDED).counts().accepted();
    Files.write(recording.resolve("data.2"), new byte[16]);
    Traces.Whole broken = read(Reading.AS_RECORDED);
    assertThat(broken.counts().accepted()).isEqualTo(frames);
    assertThat(broken.rejects()).hasSize(1);
    assertThat(broken.frames()).isSortedAccordingTo((a, b) -> time(a) < time(b) ? -1 : 1);
  }

  private static long time(org.sysretreplay.emulator.ExitFrame frame) {
    return frame.timeNanos().orElseThrow();
  }

  @Test
  void theExcerptOfARejectIsOfTheFileThatItStandsIn() throws IOException {
    SampledEvent exit = SampledEvent.sysExit().without(Field.REGS_USER);
    PerfDataBuilder main =
        new PerfDataBuilder().event(exit).feature(PerfDataBuilder.FEATURE_DIR_FORMAT, new byte[8]);
    main.finishedRound().writeTo(recording.resolve("data"));
    byte[] body = exit.sample(Told.at(5, 10));
    byte[] record =
        new LittleEndianOutput().u32(9).u16(0).u16(8 + body.length).bytes(body).toBytes();
    Files.write(recording.resolve("data.0"), record);
    Reject reject = read(Reading.ASSEMBLED).onlyReject();
    assertThat(reject.place().source()).isEqualTo(recording.resolve("data.0").toString());
    assertThat(reject.excerpt()).startsWith("09000000" + "0000" + "6000");
  }
}
