package org.sysretreplay.spark.source;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;

/** Reads rows that are in memory already. */
final class RowsReader implements PartitionReader<InternalRow> {

  private final Iterator<InternalRow> rows;

  RowsReader(Iterator<InternalRow> rows) {
    this.rows = rows;
  }

  @Override
  public boolean next() {
    return rows.hasNext();
  }

  @Override
  public InternalRow get() {
    return rows.next();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
