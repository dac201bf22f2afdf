package org.sysretreplay.ingest.trace;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Decompresses all members of a gzip file. The JDK's own reader takes unreadable bytes behind a
 * member for the end of the file; here they are damage, unless they are zero padding.
 */
final class GzipMembers extends GZIPInputStream {

  /** The length of the checksum and the size behind the compressed bytes of a member. */
  private static final int TRAILER_BYTES = 8;

  private boolean checked;

  GzipMembers(InputStream in, int bufferBytes) throws IOException {
    super(in, bufferBytes);
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int read = super.read(to, offset, length);
    if (read < 0 && !checked) {
      checked = true;
      checkEnd();
    }
    return read;
  }

  /** Makes sure that everything behind the last member is zero. */
  private void checkEnd() throws IOException {
    for (int i = len - inf.getRemaining() + TRAILER_BYTES; i < len; i++) {
      check(buf[i]);
    }
    for (int next = in.read(); next >= 0; next = in.read()) {
      check(next);
    }
  }

  private static void check(int padding) throws ZipException {
    if (padding != 0) {
      throw new ZipException("something else follows the last whole member");
    }
  }
}
