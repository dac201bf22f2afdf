package org.sysretreplay.ingest.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.UUID;
import org.apache.parquet.io.OutputFile;

/** A file that is being written and cannot be seen yet. */
public interface NewFile extends Closeable {

  /**
   * What a published file holds.
   *
   * @param sha256 in hexadecimal digits
   */
  record Content(long sizeBytes, String sha256) {}

  /** The name that a file has until it is published. */
  static String nameMeanwhile() {
    return "." + UUID.randomUUID() + ".writing";
  }

  /** Whether that is the name of a file that was never published. */
  static boolean isBeingWritten(String name) {
    return name.startsWith(".") && name.endsWith(".writing");
  }

  /** What to write to, once; whoever writes closes it. */
  OutputFile output();

  /**
   * Puts the file in its place by one step, once all of it is on the disk.
   *
   * @throws IOException where that fails; there is then what was there before
   */
  Content publish() throws IOException;

  /** Leaves nothing behind of a file that was not published. */
  @Override
  void close() throws IOException;
}
