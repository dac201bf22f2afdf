package org.sysretreplay.spark.source;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.ingest.store.StoreSnapshot;

/** Builds the scan of stores for the table {@code frames}. */
final class StoredScanBuilder
    implements SupportsPushDownRequiredColumns,
        SupportsPushDownV2Filters,
        SupportsPushDownAggregates {

  private final SourceOptions options;
  private final List<StoreSnapshot> stores;
  private final FrameFields fields;
  private final PushedFilters filters;
  private StructType wanted;
  private Optional<CountAggregation> counting = Optional.empty();

  // Null before it is asked for.
  private StoredPieces pieces;

  StoredScanBuilder(SourceOptions options, List<StoreSnapshot> stores) {
    this.options = options;
    this.stores = stores;
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

  /** True if the scan can give the whole answer, so that Spark has nothing to sum. */
  @Override
  public boolean supportCompletePushDown(Aggregation aggregation) {
    return CountAggregation.of(aggregation, fields, filters.filter())
        .filter(this::isWhole)
        .isPresent();
  }

  @Override
  public boolean pushAggregation(Aggregation aggregation) {
    counting = CountAggregation.of(aggregation, fields, filters.filter());
    return counting.isPresent();
  }

  private boolean isWhole(CountAggregation of) {
    return of.hasFewGroups() || pieces().partitions().size() <= 1;
  }

  /** The pieces to read, looked up once; Spark pushes filters before it asks for anything else. */
  private StoredPieces pieces() {
    if (pieces == null) {
      pieces = StoredPieces.of(stores, filters.filter());
    }
    return pieces;
  }

  @Override
  public Scan build() {
    return counting
        .<Scan>map(it -> new CountedScan(options, it, filters.filter(), pieces(), isWhole(it)))
        .orElseGet(
            () -> new StoredScan(options, wanted, fields.of(wanted), filters.filter(), pieces()));
  }
}
