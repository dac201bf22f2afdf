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

/** The classes of a batch's frames as codes. */
interface FrameClasses {

  /** What a file has to tell its frames' classes from. */
  enum Source {
    /** The classes that are asked for. */
    CLASSES,
    /** The other columns of a store. */
    STORE_COLUMNS,
    /** Registers, and what JSON lines can have beside them. */
    REGISTERS;

    /** The one that costs least of those that a file of these columns has. */
    static Source of(FileMetaData file, Map<FrameColumn, ColumnDescriptor> there, Reading reading) {
      if (!there.containsKey(FrameColumn.PATH)) {
        return REGISTERS;
      }
      boolean hasClasses =
          there.containsKey(FrameColumn.FRAME_CLASS)
              && file.getKeyValueMetaData().entrySet().containsAll(FrameFile.METADATA.entrySet());
      return hasClasses && reading == Reading.ASSEMBLED ? CLASSES : STORE_COLUMNS;
    }

    /** The columns that are read where the file has them. */
    List<FrameColumn> columns(Reading reading) {
      return switch (this) {
        case CLASSES -> List.of(FrameColumn.FRAME_CLASS);
        case STORE_COLUMNS -> StoreClasses.needed(reading);
        case REGISTERS -> AloneClasses.needed();
      };
    }

    /** The classes of a batch's frames, of which these columns are read. */
    FrameClasses classes(FrameBatch batch, Reading reading) {
      return switch (this) {
        case CLASSES -> new Stored(batch);
        case STORE_COLUMNS -> new StoreClasses(batch, reading);
        case REGISTERS ->
            new AloneClasses(
                batch,
                switch (reading) {
                  case ASSEMBLED -> Stage.FINAL;
                  case AS_RECORDED -> Stage.EARLY;
                });
      };
    }
  }

  /** The codes of the rows that the batch stands on. */
  void codes(int[] into, int count);

  /** How many codes there are so far. */
  int size();

  /** The number of the class that a code stands for. */
  long number(int code);

  /** Classes as the file has them. */
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
