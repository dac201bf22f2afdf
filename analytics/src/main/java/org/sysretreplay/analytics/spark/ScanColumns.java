package org.sysretreplay.analytics.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.emulator.Register;

/**
 * Which columns a replay reads, and where they stand in a batch.
 *
 * @param names the columns in the order of the batch
 */
record ScanColumns(List<String> names, List<GroupColumn> by) implements Serializable {

  ScanColumns {
    names = List.copyOf(names);
    by = List.copyOf(by);
  }

  /** What has to be read for that grouping, in no particular order. */
  static List<String> needed(List<GroupColumn> by) {
    Set<String> needed = new LinkedHashSet<>(List.of("workload", "entry"));
    Stream.of(Register.values()).map(Register::key).forEach(needed::add);
    by.stream().map(GroupColumn::storeColumn).forEach(needed::add);
    return new ArrayList<>(needed);
  }

  ColumnVector of(ColumnarBatch batch, String name) {
    return batch.column(names.indexOf(name));
  }
}
