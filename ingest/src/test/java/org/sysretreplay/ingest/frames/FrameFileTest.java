package org.sysretreplay.ingest.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;

class FrameFileTest {

  private static final SplittableRandom RANDOM = new SplittableRandom(7);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 2", "1_000, 1", "1_000, 5", "20_000, 1", "20_000, 4", "40_000, 3"})
  void givesBackEveryFrameWhateverIsWrittenTogether(String rows, int encoders) throws IOException {
    int groupRows = Integer.parseInt(rows.replace("_", ""));
    List<ExitFrame> frames = frames(groupRows < 1_000 ? 50 : 40_000);

    write(frames, encoders, groupRows);

    assertThatAreStored(frames);
  }

  @Test
  void givesBackRegistersThatFewFramesOfManyHaveAsRecorded() throws IOException {
    List<ExitFrame> frames =
        frames(60_000).stream()
            .filter(it -> it.assembly().recorded().isPresent() == (it.seq() / 100 == 300))
            .toList();
    assertThat(frames).hasSizeGreaterThan(5 * ColumnarFrames.BLOCK_ROWS);
    assertThat(frames).anyMatch(it -> it.assembly().recorded().isPresent());

    write(frames, 2, frames.size() * 2 / 3);

    assertThatAreStored(frames);
  }

  private void assertThatAreStored(List<ExitFrame> frames) throws IOException {
    List<String> stored = new ArrayList<>(read());
    stored.sort(Comparator.comparingLong(row -> Long.parseLong(row.split(" ")[0])));
    assertThat(stored).isEqualTo(frames.stream().map(FrameFileTest::text).toList());
  }

  @Test
  void rowsOfOneClassStandTogetherAndThoseOfAThreadInTheirOrder() throws IOException {
    write(frames(30_000), 30_000);

    List<String> runs = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    long seq = -1;
    for (String row : read()) {
      String[] values = row.split(" ");
      String tid = values[FrameColumn.TID.ordinal()];
      String run =
          values[FrameColumn.FRAME_CLASS.ordinal()] + "/" + (tid.equals("null") ? "0" : tid);
      if (runs.isEmpty() || !runs.get(runs.size() - 1).equals(run)) {
        assertThat(seen.add(run)).as("a run of %s that was over", run).isTrue();
        runs.add(run);
        seq = -1;
      }
      assertThat(Long.parseLong(values[0])).isGreaterThan(seq);
      seq = Long.parseLong(values[0]);
    }
    assertThat(runs).hasSizeGreaterThan(20);
  }

  @Test
  void registersOfInterruptedCodeHaveARowGroupOfTheirOwn() throws IOException {
    write(frames(40_000), 40_000);

    try (ParquetFileReader reader = open()) {
      assertThat(reader.getRowGroups()).hasSize(2);
      assertThat(reader.getFileMetaData().getKeyValueMetaData())
          .containsAllEntriesOf(FrameFile.METADATA);
    }
  }

  @Test
  void aFileOfNoFramesCanBeRead() throws IOException {
    write(List.of(), 10);

    assertThat(read()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "7, 3", "9, 3", "40_000, 40_000"})
  void saysHowManyRowsItHas(String count, String groupRows) throws IOException {
    int frames = Integer.parseInt(count.replace("_", ""));
    FrameFile file = file(2, Integer.parseInt(groupRows.replace("_", "")));
    try (file) {
      for (ExitFrame frame : frames(frames)) {
        file.add(frame);
      }
    }

    assertThat(file.rows()).isEqualTo(frames);
    try (ParquetFileReader reader = open()) {
      assertThat(reader.getRecordCount()).isEqualTo(frames);
    }
  }

  @Test
  void hasNoRowsToSpeakOfBeforeItIsClosed() throws IOException {
    try (FrameFile file = file(1, 1)) {
      file.add(frame(0));

      assertThatThrownBy(file::rows)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the file has no footer yet");
    }
  }

  private void write(List<ExitFrame> frames, int groupRows) throws IOException {
    write(frames, 1, groupRows);
  }

  private void write(List<ExitFrame> frames, int encoders, int groupRows) throws IOException {
    try (FrameFile file = file(encoders, groupRows)) {
      for (ExitFrame frame : frames) {
        file.add(frame);
      }
    }
  }

  private FrameFile file(int encoders, int groupRows) throws IOException {
    return new FrameFile(
        HadoopOutputFile.fromPath(path(), new Configuration(false)), encoders, groupRows);
  }

  private org.apache.hadoop.fs.Path path() {
    return new org.apache.hadoop.fs.Path(folder.resolve("frames.parquet").toUri());
  }

  private ParquetFileReader open() throws IOException {
    return ParquetFileReader.open(HadoopInputFile.fromPath(path(), new Configuration(false)));
  }

  private List<String> read() throws IOException {
    List<String> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), path()).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        Group group = row;
        rows.add(
            String.join(" ", Stream.of(FrameColumn.values()).map(it -> value(group, it)).toList()));
      }
    }
    return rows;
  }

  private static String value(Group row, FrameColumn column) {
    return row.getFieldRepetitionCount(column.key()) == 0
        ? "null"
        : row.getValueToString(column.ordinal(), 0);
  }

  private static String text(ExitFrame frame) {
    Registers regs = frame.registers();
    Optional<Recorded> recorded = frame.assembly().recorded();
    return Stream.of(
            frame.seq(),
            orNull(frame.timeNanos()),
            orNull(frame.cpu()),
            orNull(frame.task().pid()),
            orNull(frame.task().tid()),
            frame.task().comm().orElse(null),
            frame.entry().key(),
            frame.event().orElse(null),
            orNull(frame.syscall()),
            orNull(frame.result()),
            text(regs),
            orNull(frame.rsp()),
            orNull(frame.rax()),
            frame.path().key(),
            frame.assembly().stage().key(),
            frame.cause().map(Cause::key).orElse(null),
            recorded.map(it -> it.entry().key()).orElse(null),
            recorded.map(it -> it.path().key()).orElse(null),
            recorded.map(it -> text(it.registers())).orElse("null null null null null null"),
            recorded.map(it -> orNull(it.rsp())).orElse(null),
            recorded.map(it -> orNull(it.rax())).orElse(null),
            frame.count(),
            FrameClass.of(frame).code())
        .map(String::valueOf)
        .reduce((left, right) -> left + " " + right)
        .orElseThrow();
  }

  private static String text(Registers regs) {
    return "%d %d %d %d %d %d"
        .formatted(regs.rip(), regs.rcx(), regs.r11(), regs.rflags(), regs.cs(), regs.ss());
  }

  private static Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  static List<ExitFrame> frames(int count) {
    List<ExitFrame> frames = new ArrayList<>();
    for (int seq = 0; seq < count; seq++) {
      frames.add(frame(seq));
    }
    return frames;
  }

  /**
   * Frames with values in all columns, in some rarely and in some mostly, and with few or many
   * distinct values.
   */
  private static ExitFrame frame(long seq) {
    EntryKind entry = pick(EntryKind.values());
    long rip = RANDOM.nextInt(3) == 0 ? RANDOM.nextLong() : 0x400000;
    Registers regs = Registers.ofSyscall(rip, RANDOM.nextInt(4));
    Optional<Recorded> recorded =
        RANDOM.nextInt(50) == 0
            ? Optional.of(
                new Recorded(
                    pick(EntryKind.values()),
                    pick(EntryPath.values()),
                    Registers.ofSyscall(RANDOM.nextLong(), 1),
                    number(2),
                    number(2)))
            : Optional.empty();
    Assembly assembly =
        new Assembly(
            EntryPath.of(entry, regs),
            recorded.isPresent() ? Stage.AMENDED : Stage.FINAL,
            RANDOM.nextBoolean() ? Optional.of(pick(Cause.values())) : Optional.empty(),
            recorded);
    Task task =
        new Task(
            number(3),
            number(3),
            RANDOM.nextInt(9) == 0 ? Optional.empty() : Optional.of("comm" + RANDOM.nextInt(4)));
    return new ExitFrame(
        seq,
        number(1 << 30),
        number(2),
        task,
        entry,
        Optional.of("event" + entry),
        number(300),
        number(1 << 20),
        regs,
        number(1 << 20),
        number(1 << 20),
        assembly,
        RANDOM.nextInt(9) == 0 ? 1 + RANDOM.nextInt(1000) : 1);
  }

  private static <E> E pick(E[] values) {
    return values[RANDOM.nextInt(values.length)];
  }

  private static OptionalLong number(int bound) {
    return RANDOM.nextInt(9) == 0
        ? OptionalLong.empty()
        : OptionalLong.of(RANDOM.nextInt(bound) - bound / 2);
  }
}
