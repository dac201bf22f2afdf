package org.sysretreplay.spark.source;

import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/** Builds the scan of trace files for the table {@code frames}. */
final class PerfScanBuilder
    implements ScanBuilder, SupportsPushDownRequiredColumns, SupportsPushDownV2Filters {

  private final SourceOptions options;
  private final FrameFields fields;
  private final PushedFilters filters;
  private StructType wanted;

  PerfScanBuilder(SourceOptions options) {
    this.options = options;
    fields = new FrameFields(options);
    filters = new PushedFilters(fields);
    wanted = fields.schema();
  }

  @Override
  public void pruneColumns(StructType required) {
    wanted = required;
  }

  @Override
  public Predicate[] pushPredicates(Predicate[] predicates) {
    return filters.push(predicates);
  }

  @Override
  public Predicate[] pushedPredicates() {
    return filters.pushed();
  }

  @Override
  public Scan build() {
    return new PerfScan(options, wanted, fields.of(wanted), filters.filter());
  }
}
