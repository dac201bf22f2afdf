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

/** What a query wants of the frames of stores. */
final class StoredFramesBuilder
    implements SupportsPushDownRequiredColumns,
        SupportsPushDownV2Filters,
        SupportsPushDownAggregates {

  private final SourceOptions options;
  private final List<StoreSnapshot> stores;
  private final FrameFields fields;
  private final PushedFilters filters;
  private StructType wanted;
  private Optional<Counting> counting = Optional.empty();

  StoredFramesBuilder(SourceOptions options, List<StoreSnapshot> stores) {
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

  /** Where one task does all of it, nothing is left to add up. */
  @Override
  public boolean supportCompletePushDown(Aggregation aggregation) {
    return Counting.of(aggregation, fields, filters.filter()).isPresent()
        && pieces().partitions().size() <= 1;
  }

  @Override
  public boolean pushAggregation(Aggregation aggregation) {
    counting = Counting.of(aggregation, fields, filters.filter());
    return counting.isPresent();
  }

  private StoredPieces pieces() {
    return StoredPieces.of(stores, filters.filter());
  }

  @Override
  public Scan build() {
    return counting.isPresent()
        ? new CountedScan(options, counting.get(), filters.filter(), pieces())
        : new StoredScan(options, wanted, fields.of(wanted), filters.filter(), pieces());
  }
}
