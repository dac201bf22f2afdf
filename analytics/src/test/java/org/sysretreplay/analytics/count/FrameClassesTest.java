package org.sysretreplay.analytics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.count.FrameClasses.Source;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.ingest.columnar.ColumnCursor;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.BatchRegisters;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameCodec;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FrameFile;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FrameRow;
import org.sysretreplay.ingest.frames.FrameSchema;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceReader;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

class FrameClassesTest {

  @TempDir private Path folder;

  private static Stream<Arguments> sources() {
    return Stream.of("compat32", "debugger", "rseq", "shell", "timer-signals", "uprobe")
        .flatMap(
            it ->
                Stream.of(
                    Arguments.of(it, Source.CLASSES, Reading.ASSEMBLED),
                    Arguments.of(it, Source.STORE_COLUMNS, Reading.ASSEMBLED),
                    Arguments.of(it, Source.STORE_COLUMNS, Reading.AS_RECORDED),
                    Arguments.of(it, Source.REGISTERS, Reading.ASSEMBLED),
                    Arguments.of(it, Source.REGISTERS, Reading.AS_RECORDED)));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void aClassIsThatOfTheFrameInTheRow(String workload, Source source, Reading reading)
      throws IOException {
    Path file = write(workload);
    try (ParquetFiles files = new ParquetFiles();
        ParquetFileReader reader = files.open(file.toUri().toString(), 0, Long.MAX_VALUE, "")) {
      assertThat(reader.getRecordCount()).isPositive();
      for (int group = 0; group < reader.getRowGroups().size(); group++) {
        long[] classes = classes(reader, group, source, reading);
        FrameBatch whole = batch(reader, group, List.of());
        for (int row = 0; row < classes.length; row++) {
          ExitFrame frame = frame(whole.row(row), source, reading);
          assertThat(classes[row]).as(frame::toString).isEqualTo(FrameClass.code(frame));
        }
      }
    }
  }

  private static ExitFrame frame(FrameRow row, Source source, Reading reading) {
    if (source == Source.REGISTERS) {
      ExitFrame frame = FrameCodec.fromRawRow(row, 0);
      return reading == Reading.ASSEMBLED ? frame : frame.early();
    }
    return reading == Reading.ASSEMBLED ? FrameCodec.assembled(row) : FrameCodec.asRecorded(row);
  }

  private static long[] classes(ParquetFileReader reader, int group, Source source, Reading reading)
      throws IOException {
    FrameBatch batch = batch(reader, group, BatchRegisters.COLUMNS);
    FrameClasses classes = source.classes(batch, reading);
    int[] codes = new int[rows(reader, group)];
    classes.codes(codes, codes.length);
    return IntStream.of(codes).mapToLong(classes::number).toArray();
  }

  /** All rows of a row group. */
  private static FrameBatch batch(
      ParquetFileReader reader, int group, Collection<FrameColumn> asNumbers) throws IOException {
    Map<FrameColumn, ColumnDescriptor> columns =
        FrameSchema.of(reader.getFileMetaData().getSchema(), FrameOrigin.STORE);
    PageReadStore pages = reader.readRowGroup(group);
    Map<FrameColumn, ColumnCursor> cursors = new EnumMap<>(FrameColumn.class);
    columns.forEach(
        (column, descriptor) ->
            cursors.put(
                column,
                new ColumnCursor(
                    descriptor, pages.getPageReader(descriptor), LongUnaryOperator.identity())));
    int rows = rows(reader, group);
    FrameBatch batch = new FrameBatch(cursors, asNumbers, rows);
    batch.read(rows);
    return batch;
  }

  private static int rows(ParquetFileReader reader, int group) {
    return (int) reader.getRowGroups().get(group).getRowCount();
  }

  private Path write(String workload) throws IOException {
    Path file = folder.resolve("frames.parquet");
    try (TraceReader trace =
            (workload.equals("uprobe")
                    ? SampleTraces.synthetic(workload)
                    : SampleTraces.recording(workload))
                .open(Reading.ASSEMBLED);
        FrameFile frames = new FrameFile(new LocalOutputFile(file), 1)) {
      while (trace.hasNext()) {
        if (trace.next() instanceof Accepted accepted) {
          frames.add(accepted.frame());
        }
      }
    }
    return file;
  }
}
