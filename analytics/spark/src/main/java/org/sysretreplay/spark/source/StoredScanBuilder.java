package org.sysretreplay.spark.source;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.sysretreplay.ingest.store.StoreSnapshot;

/** Builds the scan of stores for the table {@code frames}. */
final class StoredScanBuilder extends FrameScanBuilder implements SupportsPushDownAggregates {

  private final List<StoreSnapshot> stores;
  private Optional<CountAggregation> counting = Optional.empty();

  // Null before it is asked for.
  private StoredPieces pieces;

  StoredScanBuilder(SourceOptions options, List<StoreSnapshot> stores) {
    super(options);
    this.stores = stores;
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
