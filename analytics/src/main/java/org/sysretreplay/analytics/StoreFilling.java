package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.sysretreplay.analytics.Engine.Ingesting;
import org.sysretreplay.ingest.frames.FrameFile;
import org.sysretreplay.ingest.generate.GeneratedTrace;
import org.sysretreplay.ingest.generate.Generation;
import org.sysretreplay.ingest.generate.StoreGenerator;
import org.sysretreplay.ingest.redact.Redaction;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.StoreWriting;
import org.sysretreplay.ingest.store.StoreWriting.Name;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.TraceException;

/** Fills stores with traces that are read or generated; {@link Engine} has the contracts. */
record StoreFilling(Workers workers) {

  /** The result of one trace: the row to publish, or why there is none. */
  private sealed interface Ingested extends Serializable {

    record Written(TraceRow row) implements Ingested {}

    record Refused(String why) implements Ingested {}

    static Ingested of(TraceInput trace, TraceStore store, Redaction redaction) {
      try {
        return new Written(store.write(trace, redaction));
      } catch (TraceException e) {
        return new Refused(e.getMessage());
      }
    }

    /** One row if the trace was written, else none. */
    default List<TraceRow> rows() {
      return this instanceof Written written ? List.of(written.row()) : List.of();
    }
  }

  Counts ingest(List<TraceInput> traces, String store, Redaction redaction, Ingesting told) {
    Map<String, String> options = workers.fileSystemOptions();
    TraceStore target = TraceStore.at(store, options);
    target.prepare();
    List<Counts> counts = new ArrayList<>();
    List<Name> names = traces.stream().map(it -> name(it, redaction)).toList();
    try (StoreWriting writing = target.begin(names)) {
      workers.each(
          "ingest",
          traces,
          FrameFile.HEAP_BYTES,
          trace -> Ingested.of(trace, TraceStore.at(store, options), redaction),
          (trace, made) -> {
            Ingested ingested = unchanged(trace, made, target);
            if (ingested instanceof Ingested.Refused refused) {
              told.refused(trace, refused.why());
            }
            for (TraceRow row : ingested.rows()) {
              target.publish(row.traceId(), List.of(row));
              counts.add(row.counts());
              told.sampled(trace, row.header().sampling());
              told.done(trace, row.counts());
            }
          },
          ingested -> target.discard(ingested.rows()));
      writing.complete();
    }
    return counts.stream().reduce(Counts.ZERO, Counts::plus);
  }

  /** Checked here, because the user named the files of this machine and workers may read copies. */
  private static Ingested unchanged(TraceInput trace, Ingested made, TraceStore target) {
    try {
      trace.checkUnchanged();
      return made;
    } catch (TraceException e) {
      target.discard(made.rows());
      return new Ingested.Refused(e.getMessage());
    }
  }

  private static Name name(TraceInput trace, Redaction redaction) {
    return new Name(redaction.workload(trace.workload()), redaction.traceId(trace.traceId()));
  }

  Counts generate(Generation generation, String store, BiConsumer<GeneratedTrace, Counts> done) {
    Map<String, String> options = workers.fileSystemOptions();
    TraceStore target = TraceStore.at(store, options);
    List<GeneratedTrace> traces = generation.traces();
    target.prepare();
    List<TraceRow> rows = new ArrayList<>();
    List<Name> names = traces.stream().map(it -> new Name(it.workload(), it.traceId())).toList();
    try (StoreWriting writing = target.begin(names)) {
      write(traces, target, options, rows);
      target.publish(generation.unit(), rows);
      writing.complete();
    }
    Counts total = Counts.ZERO;
    for (int i = 0; i < traces.size(); i++) {
      done.accept(traces.get(i), rows.get(i).counts());
      total = total.plus(rows.get(i).counts());
    }
    return total;
  }

  private void write(
      List<GeneratedTrace> traces,
      TraceStore target,
      Map<String, String> options,
      List<TraceRow> rows) {
    String store = target.location();
    try {
      workers.each(
          "generate",
          traces,
          FrameFile.HEAP_BYTES,
          trace -> StoreGenerator.write(trace, TraceStore.at(store, options)),
          (trace, row) -> rows.add(row),
          row -> rows.add(row));
    } catch (RuntimeException e) {
      target.discard(rows);
      throw e;
    }
  }
}
