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
import org.sysretreplay.ingest.Reading;

/**
 * Which columns a replay reads, and where they stand in a batch.
 *
 * @param names the columns in the order of the batch
 */
record ScanColumns(List<String> names, Reading reading, List<GroupColumn> by)
    implements Serializable {

  /** Stands before the names of columns that hold what an event alone shows. */
  private static final String RECORDED = "recorded_";

  ScanColumns {
    names = List.copyOf(names);
    by = List.copyOf(by);
  }

  /** What has to be read for that reading and grouping, in no particular order. */
  static List<String> needed(Reading reading, List<GroupColumn> by) {
    Set<String> needed =
        new LinkedHashSet<>(List.of("workload", "trace", "entry", "path", "stage", "cause"));
    Stream.of(Register.values()).map(Register::key).forEach(needed::add);
    if (reading == Reading.AS_RECORDED) {
      needed.addAll(List.of(RECORDED + "entry", RECORDED + "path"));
      Stream.of(Register.values()).map(it -> RECORDED + it.key()).forEach(needed::add);
    }
    by.stream().map(GroupColumn::storeColumn).forEach(needed::add);
    return new ArrayList<>(needed);
  }

  ColumnVector of(ColumnarBatch batch, String name) {
    return batch.column(names.indexOf(name));
  }

  /** The column that holds what an event alone shows, where its neighbours changed that. */
  ColumnVector recorded(ColumnarBatch batch, String name) {
    return of(batch, RECORDED + name);
  }
}
