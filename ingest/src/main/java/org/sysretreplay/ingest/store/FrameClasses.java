package org.sysretreplay.ingest.store;

/** The classes of a batch's frames as codes. */
interface FrameClasses {

  /** The codes of the rows that the batch stands on. */
  void codes(int[] into, int count);

  /** The number of the class that a code stands for. */
  long number(int code);

  /** Classes as the file has them. */
  record Stored(FrameBatch batch) implements FrameClasses {
    @Override
    public void codes(int[] into, int count) {
      System.arraycopy(batch.codes(FrameColumn.FRAME_CLASS), 0, into, 0, count);
    }

    @Override
    public long number(int code) {
      return batch.cursor(FrameColumn.FRAME_CLASS).number(code);
    }
  }
}
