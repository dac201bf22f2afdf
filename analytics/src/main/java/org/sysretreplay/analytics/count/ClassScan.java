package org.sysretreplay.analytics.count;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.columnar.ColumnCursor;
import org.sysretreplay.ingest.columnar.LongDictionary;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.BatchRegisters;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.frames.FrameScan;
import org.sysretreplay.ingest.frames.FrameSchema;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Shows the frames of a store's part file one by one, as their number and class, in the order of
 * their trace. Only the rows of neighbouring row groups are in memory, about a million.
 */
public final class ClassScan {

  /** The most memory that a scan takes, in bytes, for files that this program wrote. */
  public static final long HEAP_BYTES = 1 << 26;

  private static final int BATCH = 1 << 14;

  private final Reading reading;

  public ClassScan(Reading reading) {
    this.reading = reading;
  }

  /** Receives the frames. */
  public interface Visitor {

    /**
     * Sees the next frame.
     *
     * @param seq its number in the trace
     */
    void see(long seq, FrameClass frame) throws IOException;
  }

  /**
   * Shows the frames of a part. Interrupts that hit the kernel are left out, unless the reading is
   * {@link Reading#AS_RECORDED}.
   *
   * @throws TraceException if the file cannot be read
   * @throws IOException what the visitor throws
   */
  public void forEach(ParquetFiles files, FramePart part, Visitor visitor) throws IOException {
    try (ParquetFileReader reader = part.open(files)) {
      Map<FrameColumn, ColumnDescriptor> there =
          FrameSchema.of(reader.getFileMetaData().getSchema(), FrameOrigin.STORE);
      FrameClasses.Source source = FrameClasses.Source.of(reader.getFileMetaData(), there, reading);
      Set<FrameColumn> needed = new LinkedHashSet<>(source.columns(reading));
      needed.add(FrameColumn.SEQ);
      needed.retainAll(there.keySet());
      ParquetFiles.want(reader, needed.stream().map(there::get).toList());
      List<BlockMetaData> groups = reader.getRowGroups();
      Window window = new Window();
      long last = Long.MIN_VALUE;
      for (int group = 0; group < groups.size(); group++) {
        LongStatistics told = FrameScan.numbers(groups.get(group)).orElse(null);
        if (told != null && told.getMin() > last) {
          window.drain(visitor);
        }
        last = told == null ? Long.MAX_VALUE : Math.max(last, told.getMax());
        try (PageReadStore pages = reader.readRowGroup(group)) {
          read(pages, there, needed, source, window);
        }
      }
      window.drain(visitor);
    } catch (VisitorFailure e) {
      throw e.failure;
    } catch (IOException | RuntimeException e) {
      throw part.unreadable(e);
    }
  }

  /**
   * Whether a row of the part may stand for more than one exit.
   *
   * @throws TraceException if the file cannot be read
   */
  public static boolean hasCounted(ParquetFiles files, FramePart part) {
    try (ParquetFileReader reader = part.open(files)) {
      return RowWeights.areThere(
          reader.getRowGroups(),
          FrameSchema.of(reader.getFileMetaData().getSchema(), FrameOrigin.STORE));
    } catch (IOException | RuntimeException e) {
      throw part.unreadable(e);
    }
  }

  private void read(
      PageReadStore pages,
      Map<FrameColumn, ColumnDescriptor> there,
      Collection<FrameColumn> needed,
      FrameClasses.Source source,
      Window window) {
    Map<FrameColumn, ColumnCursor> cursors = new EnumMap<>(FrameColumn.class);
    for (FrameColumn column : needed) {
      ColumnDescriptor descriptor = there.get(column);
      cursors.put(
          column,
          new ColumnCursor(
              descriptor, pages.getPageReader(descriptor), LongUnaryOperator.identity()));
    }
    List<FrameColumn> asNumbers = new ArrayList<>(BatchRegisters.COLUMNS);
    asNumbers.add(FrameColumn.SEQ);
    FrameBatch batch = new FrameBatch(cursors, asNumbers, BATCH);
    FrameClasses classes = source.classes(batch, reading);
    int[] codes = new int[BATCH];
    for (long left = pages.getRowCount(); left > 0; left -= BATCH) {
      int count = (int) Math.min(left, BATCH);
      batch.read(count);
      classes.codes(codes, count);
      window.add(batch.numbers(FrameColumn.SEQ), codes, classes, count);
    }
  }

  /**
   * Rows that are not shown yet, because later row groups may have frames that come before them.
   */
  private final class Window {

    private final LongDictionary classes = new LongDictionary();
    private final List<FrameClass> frames = new ArrayList<>();
    private long[] seqs = new long[BATCH];
    private int[] codes = new int[BATCH];
    private int size;

    void add(long[] newSeqs, int[] newCodes, FrameClasses of, int count) {
      if (size + count > seqs.length) {
        seqs = Arrays.copyOf(seqs, 2 * seqs.length);
        codes = Arrays.copyOf(codes, 2 * codes.length);
      }
      for (int row = 0; row < count; row++) {
        int code = classes.of(of.number(newCodes[row]));
        if (code == frames.size()) {
          frames.add(FrameClass.ofCode(classes.value(code)));
        }
        if (reading == Reading.AS_RECORDED || frames.get(code).stage() != Stage.IN_KERNEL) {
          seqs[size] = newSeqs[row];
          codes[size++] = code;
        }
      }
    }

    void drain(Visitor visitor) {
      long[] sorted = new long[size];
      long first = Long.MAX_VALUE;
      for (int i = 0; i < size; i++) {
        first = Math.min(first, seqs[i]);
      }
      for (int i = 0; i < size; i++) {
        sorted[i] = Math.toIntExact(seqs[i] - first) * (1L << Integer.SIZE) + codes[i];
      }
      Arrays.sort(sorted);
      size = 0;
      for (long row : sorted) {
        see(first + (row >>> Integer.SIZE), frames.get((int) row), visitor);
      }
    }
  }

  private static void see(long seq, FrameClass frame, Visitor visitor) {
    try {
      visitor.see(seq, frame);
    } catch (IOException e) {
      throw new VisitorFailure(e);
    }
  }

  /** Carries a visitor's exception out, so that it is not taken for an unreadable file. */
  private static final class VisitorFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient IOException failure;

    VisitorFailure(IOException failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
