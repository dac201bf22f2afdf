package org.sysretreplay.ingest.store;

import java.io.Serializable;

/**
 * A part file, as the row of its trace promises it.
 *
 * @param name in the folder that the trace has in the table
 * @param sizeBytes how large the file is
 * @param rows how many rows it holds
 * @param sha256 of the whole file, in hexadecimal digits
 * @param footerSha256 of its end, which is looked at whenever it is read
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
