package org.sysretreplay.analytics.count;

import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FrameFile;
import org.sysretreplay.ingest.trace.Reading;

/** Gives the classes of a batch's frames as codes. */
interface FrameClasses {

  /** The columns from which a file's classes are determined. */
  enum Source {
    /** The column of classes itself. */
    CLASSES,
    /** The other columns of a store. */
    STORE_COLUMNS,
    /** The registers, and the other columns that JSON lines can have. */
    REGISTERS;

    /** The cheapest source that a file with these columns has. */
    static Source of(FileMetaData file, Map<FrameColumn, ColumnDescriptor> there, Reading reading) {
      if (!there.containsKey(FrameColumn.PATH)) {
        return REGISTERS;
      }
      boolean hasClasses =
          there.containsKey(FrameColumn.FRAME_CLASS)
              && file.getKeyValueMetaData().entrySet().containsAll(FrameFile.METADATA.entrySet());
      return hasClasses && reading == Reading.ASSEMBLED ? CLASSES : STORE_COLUMNS;
    }

    /** The columns to read, if the file has them. */
    List<FrameColumn> columns(Reading reading) {
      return switch (this) {
        case CLASSES -> List.of(FrameColumn.FRAME_CLASS);
        case STORE_COLUMNS -> StoreClasses.needed(reading);
        case REGISTERS -> LoneFrameClasses.needed();
      };
    }

    /** The classes of a batch in which these columns are read. */
    FrameClasses classes(FrameBatch batch, Reading reading) {
      return switch (this) {
        case CLASSES -> new Stored(batch);
        case STORE_COLUMNS -> new StoreClasses(batch, reading);
        case REGISTERS ->
            new LoneFrameClasses(
                batch,
                switch (reading) {
                  case ASSEMBLED -> Stage.FINAL;
                  case AS_RECORDED -> Stage.EARLY;
                });
      };
    }
  }

  /** Writes the codes of the batch's current rows. */
  void codes(int[] into, int count);

  /** The number of codes so far; codes are below it. */
  int size();

  /** The number of the class that a code stands for. */
  long number(int code);

  /** The classes that the file has as a column. */
  record Stored(FrameBatch batch) implements FrameClasses {
    @Override
    public void codes(int[] into, int count) {
      System.arraycopy(batch.codes(FrameColumn.FRAME_CLASS), 0, into, 0, count);
    }

    @Override
    public int size() {
      return batch.cursor(FrameColumn.FRAME_CLASS).size();
    }

    @Override
    public long number(int code) {
      return batch.cursor(FrameColumn.FRAME_CLASS).number(code);
    }
  }
}
