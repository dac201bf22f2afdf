package org.sysretreplay.ingest.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.UUID;
import org.apache.parquet.io.OutputFile;

/** A file that is being written, and that nobody sees before it is published. */
public interface NewFile extends Closeable {

  /**
   * The size and digest of a published file.
   *
   * @param sha256 in hexadecimal digits
   */
  record Content(long sizeBytes, String sha256) {}

  /** A new hidden name for a file that is not published yet. */
  static String temporaryName() {
    return "." + UUID.randomUUID() + ".writing";
  }

  /** Whether a file has such a {@link #temporaryName}, so that it was not published. */
  static boolean isBeingWritten(String name) {
    return name.startsWith(".") && name.endsWith(".writing");
  }

  /** The output to write the content to, once. The writer closes it. */
  OutputFile output();

  /**
   * Gives the file its name by one atomic step, once all of it is on the disk.
   *
   * @throws IOException if that fails; an earlier file of that name is then still there
   */
  Content publish() throws IOException;

  /** Deletes the file if it was not published. */
  @Override
  void close() throws IOException;
}
