package org.sysretreplay.ingest.columnar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.sysretreplay.ingest.files.Sha256;

/**
 * Digests the footer of a Parquet file, which says where everything else lies. Pages have checksums
 * of their own; the footer is all else that a reader relies on.
 */
public final class Footer {

  /** The footer's length and the magic bytes. */
  private static final int TAIL_BYTES = 8;

  private Footer() {}

  /**
   * The SHA-256 of a file's footer, in hexadecimal digits.
   *
   * @throws IOException if the file cannot be read, or has no footer
   */
  public static String sha256(InputFile file) throws IOException {
    long size = file.getLength();
    try (SeekableInputStream bytes = file.newStream()) {
      int length = length(bytes, size);
      if (length <= 0 || length > size - TAIL_BYTES) {
        throw new IOException("it does not end as a Parquet file does");
      }
      byte[] footer = new byte[length + TAIL_BYTES];
      bytes.seek(size - footer.length);
      bytes.readFully(footer);
      return Sha256.of(footer);
    }
  }

  private static int length(SeekableInputStream bytes, long size) throws IOException {
    if (size < TAIL_BYTES) {
      return 0;
    }
    byte[] tail = new byte[TAIL_BYTES];
    bytes.seek(size - TAIL_BYTES);
    bytes.readFully(tail);
    return ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  /**
   * Makes sure that a file's footer has that digest.
   *
   * @throws IOException if it has not
   */
  public static void check(InputFile file, String sha256) throws IOException {
    if (!sha256(file).equals(sha256)) {
      throw new IOException("it is not the file that was written here, or was damaged since");
    }
  }
}
