package org.sysretreplay.analytics.spark;

import static org.apache.spark.sql.functions.col;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.sysretreplay.analytics.FrameSource;
import org.sysretreplay.analytics.FrameStory;
import org.sysretreplay.analytics.ThreadEvent;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.spark.SparkSessions;
import org.sysretreplay.ingest.spark.StoreSnapshot;
import org.sysretreplay.ingest.spark.TraceStore;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/** A trace in a store that frames are looked up in. */
public final class StoredTrace implements FrameSource {

  private final StoreSnapshot store;
  private final StoreSnapshot.Trace trace;

  private StoredTrace(StoreSnapshot store, StoreSnapshot.Trace trace) {
    this.store = store;
    this.trace = trace;
  }

  /**
   * All traces of the stores, on a Spark in this process.
   *
   * @throws TraceException where a store has none
   */
  public static List<FrameSource> in(List<Path> stores) {
    SparkSession session = SparkSessions.get("local[*]");
    List<FrameSource> sources = new ArrayList<>();
    for (Path folder : stores) {
      TraceStore store = TraceStore.at(session, folder);
      StoreSnapshot snapshot = store.read();
      if (snapshot.isEmpty()) {
        throw TraceException.of(
            store.root(), "there is no trace in this store", "ingest one, or remove it");
      }
      snapshot.traces().forEach(it -> sources.add(new StoredTrace(snapshot, it)));
    }
    return sources;
  }

  @Override
  public String workload() {
    return trace.workload();
  }

  @Override
  public String traceId() {
    return trace.id();
  }

  @Override
  public String kernelRelease() {
    return trace.kernelRelease();
  }

  @Override
  public Optional<FrameStory> find(long seq, Reading reading) {
    return ofTrace(store.frames()).filter(col("seq").equalTo(seq)).collectAsList().stream()
        .findFirst()
        .map(row -> StoredFrame.of(row, reading))
        .map(this::story);
  }

  private FrameStory story(ExitFrame frame) {
    List<ThreadEvent> events = new ArrayList<>();
    if (frame.task().tid().isPresent()) {
      Dataset<Row> thread =
          ofTrace(store.frames()).filter(col("tid").equalTo(frame.task().tid().getAsLong()));
      Column seq = col("seq");
      events.addAll(nearest(thread.filter(seq.leq(frame.seq())), seq.desc(), 1));
      Collections.reverse(events);
      events.addAll(nearest(thread.filter(seq.gt(frame.seq())), seq.asc(), 0));
    }
    return new FrameStory(workload(), traceId(), frame, events, true);
  }

  private static List<ThreadEvent> nearest(Dataset<Row> frames, Column order, int more) {
    return frames.orderBy(order).limit(FrameStory.NEIGHBOURS + more).collectAsList().stream()
        .map(row -> ThreadEvent.of(StoredFrame.of(row, Reading.ASSEMBLED)))
        .toList();
  }

  private Dataset<Row> ofTrace(Dataset<Row> rows) {
    return rows.filter(
        col("workload").equalTo(trace.workload()).and(col("trace").equalTo(trace.id())));
  }

  @Override
  public Extent extent() {
    Row last = ofTrace(store.frames()).agg(functions.max("seq")).head();
    return new Extent(last.isNullAt(0) ? 0 : last.getLong(0) + 1, ofTrace(store.rejects()).count());
  }
}
