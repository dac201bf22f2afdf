package org.sysretreplay.ingest.parquet;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TemporaryFiles;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceReader;
import org.sysretreplay.ingest.trace.TraceReaderContract;

class ParquetTraceReaderTest implements TraceReaderContract {

  private static final String REQUIRED =
      Stream.of(Register.values())
          .map(it -> "optional int64 " + it.key() + ";")
          .collect(Collectors.joining(" "));

  private static final String OPTIONAL =
      """
      optional int64 ts_ns; optional int64 cpu; optional int32 pid; optional int32 tid;
      optional binary comm (STRING); optional binary entry (STRING); optional binary event;
      optional int64 nr; optional int64 ret; optional int64 rsp; optional int64 rax;
      """;

  private static final Registers REGISTERS = new Registers(1, 2, 3, 4, 0x33, 0x2b);

  @TempDir Path folder;

  @Override
  public Path soundFile(Path folder) throws IOException {
    List<ExitFrame> frames =
        Traces.readAll(TraceFormat.PERF_DATA, Traces.perfData("trap-flag")).frames();
    return Files.write(folder.resolve("frames.parquet"), Traces.parquet(frames));
  }

  @Override
  public TraceReader open(Path file) {
    return TraceFormat.PARQUET.open(file, Reading.ASSEMBLED);
  }

  private Path path() {
    return folder.resolve("a.parquet");
  }

  private Traces.Whole read(String columns, Consumer<Group> row) throws IOException {
    return read(columns, List.of(row));
  }

  private Traces.Whole read(String columns, List<Consumer<Group>> rows) throws IOException {
    write(columns, rows, 1 << 20);
    return Traces.readAll(open(path()));
  }

  private void write(String columns, List<Consumer<Group>> rows, int groupBytes)
      throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message any { " + columns + " }");
    Files.deleteIfExists(path());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path()))
            .withType(schema)
            .withRowGroupSize((long) groupBytes)
            .withMinRowCountForPageSizeCheck(10)
            .withMaxRowCountForPageSizeCheck(10)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = new SimpleGroup(schema);
        row.accept(group);
        writer.write(group);
      }
    }
  }

  private static void registers(Group row) {
    row.append("rip", 1L).append("rcx", 2L).append("r11", 3L);
    row.append("rflags", 4L).append("cs", 0x33L).append("ss", 0x2bL);
  }

  @Test
  void everyField() throws IOException {
    Traces.Whole whole =
        read(
            OPTIONAL + REQUIRED,
            row -> {
              registers(row);
              row.append("ts_ns", 1L).append("cpu", 2L).append("pid", 3).append("tid", 4);
              row.append("comm", "x").append("entry", "fork").append("event", "e");
              row.append("nr", 56L).append("ret", -1L).append("rsp", 5L).append("rax", 6L);
            });
    assertThat(whole.header()).isEqualTo(TraceHeader.EMPTY);
    assertThat(whole.onlyFrame())
        .isEqualTo(
            new ExitFrame(
                0,
                OptionalLong.of(1),
                OptionalLong.of(2),
                new Task(OptionalLong.of(3), OptionalLong.of(4), Optional.of("x")),
                EntryKind.FORK,
                Optional.of("e"),
                OptionalLong.of(56),
                OptionalLong.of(-1),
                REGISTERS,
                OptionalLong.of(5),
                OptionalLong.of(6)));
  }

  @Test
  void sixRegistersAreEnoughAndTheEntryIsThenASyscall() throws IOException {
    ExitFrame expected =
        new ExitFrame(
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            Task.UNKNOWN,
            EntryKind.SYSCALL,
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            REGISTERS,
            OptionalLong.empty(),
            OptionalLong.empty());
    assertThat(read(REQUIRED, ParquetTraceReaderTest::registers).onlyFrame()).isEqualTo(expected);
    assertThat(read(OPTIONAL + REQUIRED, ParquetTraceReaderTest::registers).onlyFrame())
        .isEqualTo(expected);
  }

  @Test
  void aFrameIsFinalAndByItselfEarly() throws IOException {
    ExitFrame frame = read(REQUIRED, ParquetTraceReaderTest::registers).onlyFrame();
    assertThat(frame.assembly().stage()).isEqualTo(Stage.FINAL);
    assertThat(Traces.readAll(TraceFormat.PARQUET, path(), Reading.AS_RECORDED).onlyFrame())
        .isEqualTo(frame.early());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int64 | -1 | ffffffffffffffff",
        "int64 rcx (INTEGER(64,false)) | -1 | ffffffffffffffff",
        "int32 | -1 | ffffffffffffffff",
        "int32 rcx (INTEGER(32,false)) | -1 | ffffffff",
        "int32 rcx (INTEGER(16,false)) | 51 | 33",
        "int32 rcx (INTEGER(8,true)) | 51 | 33"
      })
  void aRegisterIsAnIntegerOfAnySizeAndSign(String type, long value, String expected)
      throws IOException {
    String field = type.contains("rcx") ? type : type + " rcx";
    Traces.Whole whole =
        read(
            REQUIRED.replace("int64 rcx", field),
            row -> {
              row.append("rip", 1L).append("r11", 3L).append("rflags", 4L);
              row.append("cs", 0x33L).append("ss", 0x2bL);
              if (type.startsWith("int32")) {
                row.append("rcx", (int) value);
              } else {
                row.append("rcx", value);
              }
            });
    assertThat(Long.toHexString(whole.onlyFrame().registers().rcx())).isEqualTo(expected);
  }

  @Test
  void unknownColumnsArePassedOverWhateverIsInThem() throws IOException {
    String more =
        "optional int96 when; repeated binary tags; optional group more { required int64 rip; }"
            + " optional binary stage; optional binary path; required int64 frame_class; ";
    assertThat(
            read(
                    more + REQUIRED,
                    row -> {
                      registers(row);
                      row.append("frame_class", 7L).append("stage", "nothing");
                    })
                .onlyFrame()
                .registers())
        .isEqualTo(REGISTERS);
  }

  /** Arrow does not know of what type a column without any value is. */
  @Test
  void aColumnWithoutAnyValueIsAsGoodAsNone() throws IOException {
    String unknown =
        Stream.of("comm", "entry", "event", "ts_ns", "pid", "nr", "rax", "count")
            .map(it -> "optional int32 " + it + " (UNKNOWN); ")
            .collect(joining());
    Traces.Whole without = read(REQUIRED, ParquetTraceReaderTest::registers);
    assertThat(read(unknown + REQUIRED, ParquetTraceReaderTest::registers).onlyFrame())
        .isEqualTo(without.onlyFrame());
  }

  @ParameterizedTest
  @EnumSource(Register.class)
  void aRowWithoutARegisterIsARejectAndReadingGoesOn(Register register) throws IOException {
    Consumer<Group> without =
        row -> {
          for (Register each : Register.values()) {
            if (each != register) {
              row.append(each.key(), 0x10L + each.ordinal());
            }
          }
        };
    Traces.Whole whole =
        read(
            REQUIRED,
            List.of(ParquetTraceReaderTest::registers, without, ParquetTraceReaderTest::registers));
    assertThat(whole.counts()).isEqualTo(new Counts(3, 2, 1, 0, 0));
    assertThat(whole.frames()).extracting(ExitFrame::seq).containsExactly(0L, 1L);
    assertThat(whole.rejects().get(0).sentence())
        .isEqualTo(
            path()
                + " @ row 2: no "
                + register.key()
                + "; give rip, rcx, r11, rflags, cs and ss on every line or in every row.");
    assertThat(whole.rejects().get(0).excerpt()).doesNotContain(register.key() + "=");
  }

  @Test
  void anUnknownEntryIsAReject() throws IOException {
    Traces.Whole whole =
        read(
            OPTIONAL + REQUIRED,
            row -> {
              registers(row);
              row.append("entry", "softirq").append("comm", "a");
            });
    assertThat(whole.onlyReject().sentence())
        .isEqualTo(
            path()
                + " @ row 1: field entry is not one of syscall, interrupt, exception, fork, compat"
                + " (softirq); see the JSON lines section of ingest/FORMATS.md.");
    assertThat(whole.onlyReject().excerpt())
        .isEqualTo("rip=0x1 rcx=0x2 r11=0x3 rflags=0x4 cs=0x33 ss=0x2b entry=softirq comm=a");
  }

  @Test
  void rowsOfAllGroupsAreNumberedThrough() throws IOException {
    int rows = 30_000;
    List<Consumer<Group>> all =
        new ArrayList<>(Collections.nCopies(rows - 1, ParquetTraceReaderTest::registers));
    all.add(row -> row.append("rip", 1L));
    write(REQUIRED + " optional int64 ts_ns;", all, 1_000);
    Traces.Whole whole = Traces.readAll(open(path()));
    assertThat(whole.counts()).isEqualTo(new Counts(rows, rows - 1, 1, 0, 0));
    assertThat(whole.rejects().get(0).place().position()).isEqualTo(rows);
  }

  @Test
  void aFileWithoutRowsHasNoRecords() throws IOException {
    assertThat(read(REQUIRED, List.of()).counts()).isEqualTo(new Counts(0, 0, 0, 0, 0));
  }

  // Files that are refused

  private void assertRefused(String sentence) {
    assertThatThrownBy(() -> Traces.readAll(open(path())))
        .isInstanceOf(TraceException.class)
        .hasMessage(path() + sentence);
  }

  @Test
  void registersThatAreNoColumnsAreNamed() throws IOException {
    write(REQUIRED.replace("r11;", "a;").replace("cs;", "b;"), List.of(), 1_000);
    assertRefused(
        ": there is no column r11, cs; write rip, rcx, r11, rflags, cs, ss as columns of"
            + " integers.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "optional binary rip (STRING) | rip holds STRING and not integers of 32 or 64 bits",
        "optional binary rip | rip holds BINARY and not integers of 32 or 64 bits",
        "optional int32 rip (UNKNOWN) | rip holds UNKNOWN and not integers of 32 or 64 bits",
        "optional double rip | rip holds DOUBLE and not integers of 32 or 64 bits",
        "optional int96 rip | rip holds INT96 and not integers of 32 or 64 bits",
        "repeated int64 rip | rip holds lists and not integers of 32 or 64 bits",
        "optional group rip { required int64 x; }"
            + "| rip holds other columns and not integers of 32 or 64 bits"
      })
  void aRegisterOfAnotherTypeIsRefused(String column, String sentence) throws IOException {
    String end = column.endsWith("}") ? " " : "; ";
    write(REQUIRED.replace("optional int64 rip;", column + end), List.of(), 1_000);
    assertRefused(": column " + sentence + "; cast it, or give it another name.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "optional int64 ts_ns (TIMESTAMP(MICROS,true))"
            + "| ts_ns holds TIMESTAMP(MICROS,true) and not integers of 32 or 64 bits",
        "optional int64 comm | comm holds INT64 and not text",
        "optional binary event (DECIMAL(9,2))| event holds DECIMAL(9,2) and not text"
      })
  void anOptionalFieldOfAnotherTypeIsRefused(String column, String sentence) throws IOException {
    write(REQUIRED + column + ";", List.of(), 1_000);
    assertRefused(": column " + sentence + "; cast it, or give it another name.");
  }

  @Test
  void aFileThatIsCutOffIsRefused() throws IOException {
    byte[] sound = Files.readAllBytes(soundFile(folder));
    for (int length : new int[] {4, 11, 12, 100, sound.length - 1}) {
      Files.write(path(), Arrays.copyOf(sound, length));
      assertRefused(
          ": it does not end as a Parquet file does, so it is cut off; copy the file whole, or"
              + " write it again.");
    }
  }

  @Test
  void garbageBetweenTheMagicIsRefused() throws IOException {
    Files.writeString(path(), "PAR1" + "garbage ".repeat(20) + "PAR1");
    assertThatThrownBy(() -> open(path()))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(path() + ": it cannot be read as Parquet (")
        .hasMessageEndingWith("); copy the file whole, or write it again.");
  }

  @Test
  void damageToAPageNamesTheRow() throws IOException {
    byte[] sound = Files.readAllBytes(soundFile(folder));
    Arrays.fill(sound, 4, 400, (byte) 0x5a);
    Files.write(path(), sound);
    assertThatThrownBy(() -> Traces.readAll(open(path())))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(path() + " @ row 1: it cannot be read as Parquet (");
  }

  @Test
  void anEncryptedFileIsRefusedByName() throws IOException {
    Files.write(path(), "PARE________PARE".getBytes(StandardCharsets.US_ASCII));
    assertRefused(": it is encrypted; write it without Parquet's encryption.");
  }

  /** One row of eight bytes for each column, said to be packed by its codec. */
  private void writePacked(Map<String, CompressionCodecName> columns) throws IOException {
    String fields =
        columns.keySet().stream().map("required int64 %s; "::formatted).collect(joining());
    MessageType schema = MessageTypeParser.parseMessageType("message any { " + fields + "}");
    ParquetFileWriter writer =
        new ParquetFileWriter(
            new LocalOutputFile(path()),
            schema,
            ParquetFileWriter.Mode.CREATE,
            1 << 20,
            0,
            null,
            ParquetProperties.builder().build());
    writer.start();
    writer.startBlock(1);
    for (ColumnDescriptor column : schema.getColumns()) {
      writer.startColumn(column, 1, columns.get(column.getPath()[0]));
      writer.writeDataPage(
          1,
          Long.BYTES,
          BytesInput.from(new byte[Long.BYTES]),
          Statistics.getBuilderForReading(column.getPrimitiveType()).build(),
          1,
          Encoding.RLE,
          Encoding.RLE,
          Encoding.PLAIN);
      writer.endColumn();
    }
    writer.endBlock();
    writer.end(Map.of());
  }

  private static Map<String, CompressionCodecName> registersPackedBy(CompressionCodecName codec) {
    Map<String, CompressionCodecName> columns = new LinkedHashMap<>();
    for (String column : List.of("rip", "rcx", "r11", "rflags", "cs", "ss")) {
      columns.put(column, codec);
    }
    return columns;
  }

  @ParameterizedTest
  @CsvSource({"BROTLI,Brotli", "LZO,LZO"})
  void aCodecThatIsNotSupportedIsRefusedByItsName(CompressionCodecName codec, String name)
      throws IOException {
    Map<String, CompressionCodecName> columns =
        registersPackedBy(CompressionCodecName.UNCOMPRESSED);
    columns.put("r11", codec);
    writePacked(columns);
    assertRefused(
        ": its column r11 is packed by %s, which cannot be unpacked here; write it with zstd or"
                .formatted(name)
            + " snappy.");
  }

  @Test
  void theCodecOfAColumnThatIsNotReadDoesNotMatter() throws IOException {
    Map<String, CompressionCodecName> columns =
        registersPackedBy(CompressionCodecName.UNCOMPRESSED);
    columns.put("notes", CompressionCodecName.BROTLI);
    writePacked(columns);
    assertThat(Traces.readAll(open(path())).frames()).hasSize(1);
  }

  @Test
  void thePackedCopyIsGoneWhenTheReaderIsClosed() throws IOException {
    Path temporary = TemporaryFiles.folder();
    Path packed = Traces.gzip(folder.resolve("a.gz"), Files.readAllBytes(soundFile(folder)));
    try (TraceReader reader = open(packed)) {
      assertThat(reader.hasNext()).isTrue();
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).noneMatch(it -> it.toString().matches(".*\\.parquet"));
    }
  }
}
