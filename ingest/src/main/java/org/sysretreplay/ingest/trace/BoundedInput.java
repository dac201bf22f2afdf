package org.sysretreplay.ingest.trace;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that checks how many bytes come, and stops when they are too many. */
final class BoundedInput extends FilterInputStream {

  /** Is called with the number of bytes so far. */
  interface Check {
    void check(long bytes) throws TooMuchException;
  }

  private final Check check;
  private long bytes;

  BoundedInput(InputStream in, Check check) {
    super(in);
    this.check = check;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int read = super.read(to, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long length) throws IOException {
    long skipped = super.skip(length);
    count(skipped);
    return skipped;
  }

  private void count(long more) throws TooMuchException {
    bytes += more;
    check.check(bytes);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
