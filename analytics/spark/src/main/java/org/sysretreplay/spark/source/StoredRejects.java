package org.sysretreplay.spark.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.store.StoreTable;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.TraceException;

/** The scan of stores for the table {@code rejects}: a task for each trace that has any. */
record StoredRejects(List<StoreSnapshot> stores, StructType readSchema) implements Scan, Batch {

  private record OfTrace(String store, Map<String, String> settings, TraceRow trace)
      implements InputPartition {

    List<InternalRow> rows() {
      StoreSnapshot only = TraceStore.toRead(store, settings).of(List.of(trace));
      List<InternalRow> rows = new ArrayList<>();
      try {
        only.forEachReject(it -> rows.add(SmallRows.row(trace.workload(), trace.traceId(), it)));
      } catch (TraceException e) {
        throw StoredPieces.unreadable(only, trace, StoreTable.REJECTS, e);
      }
      return rows;
    }
  }

  private record Readers() implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      return new RowsReader(((OfTrace) partition).rows().iterator());
    }
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public String description() {
    return "sysret-store rejects";
  }

  @Override
  public InputPartition[] planInputPartitions() {
    List<InputPartition> partitions = new ArrayList<>();
    for (StoreSnapshot store : stores) {
      store.traces().stream()
          .filter(it -> it.counts().rejected() > 0)
          .forEach(it -> partitions.add(new OfTrace(store.location(), store.options(), it)));
    }
    return partitions.toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new Readers();
  }
}
