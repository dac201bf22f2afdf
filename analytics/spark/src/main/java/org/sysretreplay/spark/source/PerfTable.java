package org.sysretreplay.spark.source;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Trace files as a table or a stream. */
final class PerfTable implements SupportsRead {

  private final SourceOptions options;

  PerfTable(SourceOptions options) {
    this.options = options;
    SourcePaths.check(options);
  }

  @Override
  public String name() {
    return "perf " + String.join(", ", options.paths());
  }

  @Override
  public Column[] columns() {
    return SourceSchema.columns(options);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return EnumSet.of(TableCapability.BATCH_READ, TableCapability.MICRO_BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap all) {
    return options.table() == SourceTable.FRAMES
        ? new PerfScanBuilder(options)
        : () -> new PerfScan(options, SourceSchema.of(options), List.of(), RowFilter.NONE);
  }
}
