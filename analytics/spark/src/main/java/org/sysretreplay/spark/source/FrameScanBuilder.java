package org.sysretreplay.spark.source;

import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/** Takes down which columns and rows of frames are wanted, wherever these lie. */
abstract class FrameScanBuilder
    implements ScanBuilder, SupportsPushDownRequiredColumns, SupportsPushDownV2Filters {

  final SourceOptions options;
  final FrameFields fields;
  final PushedFilters filters;

  /** The columns that are wanted; all, unless Spark says which. */
  StructType wanted;

  FrameScanBuilder(SourceOptions options) {
    this.options = options;
    fields = new FrameFields(options);
    filters = new PushedFilters(fields);
    wanted = fields.schema();
  }

  @Override
  public final void pruneColumns(StructType required) {
    wanted = required;
  }

  @Override
  public final Predicate[] pushPredicates(Predicate[] predicates) {
    return filters.push(predicates);
  }

  @Override
  public final Predicate[] pushedPredicates() {
    return filters.pushed();
  }
}
