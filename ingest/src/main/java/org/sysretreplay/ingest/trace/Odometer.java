package org.sysretreplay.ingest.trace;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.LongAdder;

/**
 * How much this process has done so far, for whoever shows how far it is: one number for all
 * threads, which grows only. Who wants a distance reads it twice.
 */
public enum Odometer {
  /** Bytes of trace files; of packed ones the packed bytes. */
  BYTES_READ,
  /** Frames that were made from profiles. */
  FRAMES_MADE;

  private final LongAdder all = new LongAdder();

  /** How much there was so far. */
  public long soFar() {
    return all.sum();
  }

  /** So much more was done. */
  public void add(long more) {
    all.add(more);
  }

  /** The same bytes, added up as they are read. */
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
