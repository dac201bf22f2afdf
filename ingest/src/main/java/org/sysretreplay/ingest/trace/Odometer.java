package org.sysretreplay.ingest.trace;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts how much work this process has done, over all its threads, for showing progress. A counter
 * only grows; whoever wants a difference reads it twice.
 */
public enum Odometer {
  /** Bytes of trace files; packed bytes, if a file is packed. */
  BYTES_READ,
  /** Frames that were generated from profiles. */
  FRAMES_MADE;

  private final LongAdder all = new LongAdder();

  /** The count so far. */
  public long soFar() {
    return all.sum();
  }

  /** Adds to the count. */
  public void add(long more) {
    all.add(more);
  }

  /** The same stream, whose bytes are counted as they are read. */
  InputStream of(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int next = super.read();
        add(next < 0 ? 0 : 1);
        return next;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        add(Math.max(0, count));
        return count;
      }
    };
  }
}
