package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;

/** Compares a file that is read in parts with the same file read from start to end. */
class TracePartTest {

  private static final Path SAMPLES = Path.of(System.getProperty("sample.traces"));

  @TempDir private Path folder;

  /** All records of some parts, and their counts. */
  private record Read(List<TraceRecord> records, Counts counts) {}

  private static Read read(List<TracePart> parts, Reading reading) {
    List<TraceRecord> records = new ArrayList<>();
    Counts counts = Counts.ZERO;
    long lines = 0;
    long frames = 0;
    for (TracePart part : parts) {
      try (CountingReader reader = part.behind(lines, frames).open(reading)) {
        reader.forEachRemaining(records::add);
        counts = counts.plus(reader.counts());
      }
      lines += part.countLines();
      frames += part.countFrames(reading);
    }
    return new Read(records, counts);
  }

  private static TraceInput input(Path file) {
    return TraceInputs.find(List.of(file), Optional.of("x"), Optional.empty()).traces().get(0);
  }

  private static void assertSameInParts(Path file, Reading reading, long... sizes) {
    TraceInput input = input(file);
    Read whole = read(List.of(TracePart.all(input)), reading);
    for (long size : sizes) {
      List<TracePart> parts = TracePart.of(input, size);

      assertThat(parts).as("parts of %d bytes", size).hasSizeGreaterThan(1);
      assertThat(read(parts, reading)).as("parts of %d bytes", size).isEqualTo(whole);
    }
  }

  /** Sound, broken and empty lines, with all kinds of line ends. */
  private static String lines(String end, boolean lastHasEnd) throws IOException {
    List<String> some = new ArrayList<>();
    for (String name : List.of("malformed-json", "field-missing", "field-invalid")) {
      some.addAll(Files.readAllLines(SAMPLES.resolve("bad").resolve(name + ".jsonl")));
    }
    List<String> all = new ArrayList<>(some.subList(0, 1));
    Random random = new Random(7);
    for (int line = 0; line < 100; line++) {
      all.add(some.get(random.nextInt(some.size())));
      if (random.nextInt(3) == 0) {
        all.add(" ".repeat(random.nextInt(3)));
      }
    }
    return String.join(end, all) + (lastHasEnd ? end : "");
  }

  @ParameterizedTest
  @EnumSource
  void linesOfJsonAreTheSameInPartsOfAnySize(Reading reading) throws IOException {
    for (String end : List.of("\n", "\r\n")) {
      for (boolean lastHasEnd : List.of(true, false)) {
        Path file = folder.resolve("x.jsonl");
        Files.writeString(file, lines(end, lastHasEnd));
        assertSameInParts(file, reading, 97, 333, 1000, 4096, Files.size(file) - 1);
      }
    }
  }

  @Test
  void everyPlaceThatALineCanBeCutAtIsSafe() throws IOException {
    Path file = folder.resolve("short.jsonl");
    Files.writeString(file, lines("\n", true).substring(0, 900) + "\n\n{\n");
    for (long size = 1; size < Files.size(file); size++) {
      assertSameInParts(file, Reading.AS_RECORDED, size);
    }
  }

  @Test
  void aLineThatIsTooLongIsOneReject() throws IOException {
    Path file = folder.resolve("long.jsonl");
    String start = lines("\n", true);
    Files.writeString(file, start + "{\"x\":\"" + "y".repeat(3 << 20) + "\"}\n" + start);

    assertSameInParts(file, Reading.ASSEMBLED, 100_000, 1 << 20, (1 << 20) + 1);
  }

  @ParameterizedTest
  @EnumSource
  void rowGroupsOfParquetAreTheSameInPartsOfAnySize(Reading reading) throws IOException {
    Path file = folder.resolve("x.parquet");
    writeRows(file);

    assertSameInParts(file, reading, 100, 1_000, 5_000, Files.size(file) / 2);
  }

  /** Some of the rows are no frames. */
  private static void writeRows(Path file) throws IOException {
    List<String> columns = List.of("rip", "rcx", "r11", "rflags", "cs", "ss");
    MessageType schema =
        MessageTypeParser.parseMessageType(
            columns.stream()
                .map(it -> "optional int64 " + it + "; ")
                .collect(Collectors.joining("", "message any { ", "}")));
    Files.deleteIfExists(file);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withRowGroupSize(2_000L)
            .withMinRowCountForPageSizeCheck(10)
            .withMaxRowCountForPageSizeCheck(10)
            .build()) {
      for (long row = 0; row < 1_000; row++) {
        Group group = new SimpleGroup(schema);
        for (String column : row % 7 == 3 ? columns.subList(1, 6) : columns) {
          group.append(column, row * 0x1234567);
        }
        writer.write(group);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.jsonl", "x.parquet"})
  void aFileThatChangesMeanwhileFailsEveryPart(String name) throws IOException {
    Path file = folder.resolve(name);
    if (name.endsWith(".parquet")) {
      writeRows(file);
    } else {
      Files.writeString(file, lines("\n", true));
    }
    List<TracePart> parts = TracePart.of(input(file), 1_000);
    try (CountingReader open = parts.get(0).open(Reading.ASSEMBLED)) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(1));

      assertThatThrownBy(() -> open.forEachRemaining(it -> {})).hasMessage(changed(file));
    }
    for (TracePart part : parts) {
      assertThatThrownBy(() -> part.open(Reading.ASSEMBLED)).hasMessage(changed(file));
      assertThatThrownBy(() -> part.countFrames(Reading.ASSEMBLED)).hasMessage(changed(file));
    }
  }

  private static String changed(Path file) {
    return file
        + ": it has changed since it was first looked at (it was written to, or is another file"
        + " now); wait until its writer has ended, or copy it and give the copy.";
  }

  @Test
  void filesThatCannotBeCutAreOnePart() throws IOException {
    Path utf16 = folder.resolve("utf16.jsonl");
    Files.write(utf16, ("\ufeff" + lines("\n", true)).getBytes(StandardCharsets.UTF_16LE));
    Path array = folder.resolve("array.json");
    Files.writeString(array, "[" + lines("\n", true).lines().findFirst().orElseThrow() + "]");
    List<Path> files = new ArrayList<>(List.of(utf16, array));
    files.add(SAMPLES.resolve("shell").resolve("perf.data"));
    try (var texts = Files.walk(SAMPLES.resolve("shell"))) {
      texts.filter(it -> it.toString().endsWith(".gz")).forEach(files::add);
    }
    for (Path file : files) {
      TraceInput input = input(file);
      assertThat(TracePart.of(input, 10)).as("%s", file).containsExactly(TracePart.all(input));
    }
  }
}
