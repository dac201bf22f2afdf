package org.sysretreplay.ingest.store;

import java.io.Serializable;

/**
 * A part file, as the row of its trace describes it.
 *
 * @param name the name in the trace's folder of the table
 * @param sizeBytes the size of the file
 * @param rows the number of its rows
 * @param sha256 the digest of the whole file, in hexadecimal digits
 * @param footerSha256 the digest of its footer, which is checked at every read
 */
public record PartFile(
    StoreTable table, String name, long sizeBytes, long rows, String sha256, String footerSha256)
    implements Serializable {

  public PartFile {
    if (!StoreLayout.isPart(name)) {
      throw new IllegalArgumentException(name + " is not the name of a part file");
    }
  }
}
