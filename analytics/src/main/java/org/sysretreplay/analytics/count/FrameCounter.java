package org.sysretreplay.analytics.count;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FrameOrigin;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.frames.FrameSchema;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Counts frames of Parquet files by class and by the values of some columns, without making an
 * object for each frame. To get every model's outcome by syscall, two columns of a store's file are
 * read; for files of other programs, all registers (benchmark Replay).
 */
public final class FrameCounter {

  /** How many counts are kept from one row group to the next. */
  private static final int MANY = 1 << 16;

  private final ParquetFiles files;
  private final FrameOrigin origin;
  private final Reading reading;
  private final List<Key> by;
  private final int mostKept;

  /**
   * A column to count by.
   *
   * @param ofNumber maps each number of the column to the one that is counted
   */
  public record Key(FrameColumn column, LongUnaryOperator ofNumber) {}

  /** Counts frames of files of this origin. */
  public FrameCounter(ParquetFiles files, FrameOrigin origin, Reading reading, List<Key> by) {
    this(files, origin, reading, by, MANY);
  }

  /**
   * @param mostKept how many counts are kept from one row group to the next
   */
  FrameCounter(
      ParquetFiles files, FrameOrigin origin, Reading reading, List<Key> by, int mostKept) {
    this.mostKept = mostKept;
    this.files = files;
    this.origin = origin;
    this.reading = reading;
    this.by = List.copyOf(by);
  }

  /**
   * Counts the frames of one part. Interrupts that hit the kernel are left out, unless the reading
   * is {@link Reading#AS_RECORDED}. Each combination of class and values comes once; in files with
   * very many combinations it may come several times.
   *
   * @throws TraceException if the file cannot be read, or does not have frames
   */
  public void count(FramePart part, Consumer<FrameCount> to) {
    try (Rows rows = new Rows(part)) {
      while (rows.readOn()) {
        if (rows.counts.size() > mostKept) {
          rows.giveAll(to);
        }
      }
      rows.giveAll(to);
    }
  }

  /** The rows of one part while they are counted. */
  private final class Rows implements AutoCloseable {

    private final FramePart part;
    private final ParquetFileReader reader;
    private final Map<FrameColumn, ColumnDescriptor> there;
    private final FrameClasses.Source source;

    /** Whether the last value of each count is the number of exits that a row stands for. */
    private final boolean weighted;

    private final List<Key> keys;

    /**
     * The counts over several row groups: these are alike, so each kind of frame is then judged
     * once for all of them (benchmark replay/all-models).
     */
    private final Map<RowGroup.Counted, Long> counts = new HashMap<>();

    Rows(FramePart part) {
      this.part = part;
      try {
        reader = part.open(files);
      } catch (IOException | RuntimeException e) {
        throw part.unreadable(e);
      }
      try {
        FileMetaData file = reader.getFileMetaData();
        there = FrameSchema.of(file.getSchema(), origin);
        weighted = RowWeights.areThere(reader.getRowGroups(), there);
        keys = weighted ? RowWeights.with(by) : by;
        source = FrameClasses.Source.of(file, there, reading);
        ParquetFiles.want(
            reader, RowGroup.needed(keys, there, source, reading).map(there::get).toList());
      } catch (RuntimeException e) {
        close();
        throw part.unreadable(e);
      }
    }

    /** Counts the next row group; false if there is none. */
    boolean readOn() {
      try (PageReadStore pages = reader.readNextRowGroup()) {
        if (pages == null) {
          return false;
        }
        new RowGroup(pages, keys, there, source, reading).count(counts);
        return true;
      } catch (IOException | RuntimeException e) {
        throw part.unreadable(e);
      }
    }

    void giveAll(Consumer<FrameCount> to) {
      counts.forEach((frames, count) -> give(part, frames, count, weighted, to));
      counts.clear();
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw part.unreadable(e);
      }
    }
  }

  private void give(
      FramePart part,
      RowGroup.Counted counted,
      long rows,
      boolean weighted,
      Consumer<FrameCount> to) {
    FrameCount frames;
    try {
      FrameClass of = FrameClass.ofCode(counted.code());
      frames =
          weighted
              ? RowWeights.weighted(of, counted.values(), rows)
              : new FrameCount(of, counted.values(), rows, rows);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw part.unreadable(e);
    }
    if (reading == Reading.AS_RECORDED || frames.frames().stage() != Stage.IN_KERNEL) {
      to.accept(frames);
    }
  }
}
