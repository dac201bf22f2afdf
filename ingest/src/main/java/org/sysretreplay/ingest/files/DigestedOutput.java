package org.sysretreplay.ingest.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** The output of a Parquet file that counts and digests the bytes on their way to a stream. */
final class DigestedOutput implements OutputFile {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Opener opener;
  private final MessageDigest digest = Sha256.digest();
  private long position;

  /** Opens the stream when writing begins. */
  interface Opener {
    OutputStream open() throws IOException;
  }

  DigestedOutput(Opener opener) {
    this.opener = opener;
  }

  /** The size and digest of what was written; complete once the output is closed. */
  NewFile.Content content() {
    return new NewFile.Content(position, Sha256.of(digest));
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    OutputStream to =
        new BufferedOutputStream(new DigestOutputStream(opener.open(), digest), BUFFER_BYTES);
    return new PositionOutputStream() {
      @Override
      public long getPos() {
        return position;
      }

      @Override
      public void write(int b) throws IOException {
        to.write(b);
        position++;
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        to.write(bytes, offset, length);
        position += length;
      }

      @Override
      public void flush() throws IOException {
        to.flush();
      }

      @Override
      public void close() throws IOException {
        to.close();
      }
    };
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }
}
