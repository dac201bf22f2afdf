package org.sysretreplay.analytics.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that can be silenced: from then on it drops everything written to it. */
final class SilentOutput extends FilterOutputStream {

  private volatile boolean isSilent;

  SilentOutput(OutputStream out) {
    super(out);
  }

  void silence() {
    isSilent = true;
  }

  @Override
  public void write(int b) throws IOException {
    if (!isSilent) {
      out.write(b);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (!isSilent) {
      out.write(bytes, offset, length);
    }
  }
}
