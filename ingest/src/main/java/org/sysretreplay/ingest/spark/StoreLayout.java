package org.sysretreplay.ingest.spark;

import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/**
 * Where things lie in a store: {@code <table>/workload=<w>/trace=<id>/part-*.parquet}.
 *
 * @param root the store's own folder
 */
record StoreLayout(Path root) {

  /** The tables of a store, each a folder. */
  enum Table {
    FRAMES,
    REJECTS,
    /** One row for every trace; a trace is in the store exactly if it has its row. */
    TRACES;

    String folder() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Path table(Table table) {
    return new Path(root, table.folder());
  }

  /** The folder of one trace in one table. */
  Path trace(Table table, String workload, String traceId) {
    String folder = "workload=" + ExternalCatalogUtils.escapePathName(workload);
    return traceIn(new Path(table(table), folder), traceId);
  }

  /** The folder of one trace in the folder of a workload. */
  Path traceIn(Path workload, String traceId) {
    return new Path(workload, "trace=" + ExternalCatalogUtils.escapePathName(traceId));
  }

  /** A folder that readers pass over, for a trace that is being written. */
  Path staging(String name) {
    return new Path(new Path(root, "_staging"), name);
  }
}
