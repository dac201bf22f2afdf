package org.sysretreplay.ingest.store;

import java.io.Serializable;

/**
 * A part file, as the row of its trace promises it.
 *
 * @param name in the folder that the trace has in the table
 * @param sizeBytes how large the file is
 * @param rows how many rows it holds
 * @param sha256 of the whole file, in hexadecimal digits
 */
public record PartFile(StoreTable table, String name, long sizeBytes, long rows, String sha256)
    implements Serializable {}
