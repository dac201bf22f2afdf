package org.sysretreplay.ingest.store;

import java.util.ArrayList;
import java.util.List;
import org.sysretreplay.ingest.generate.GeneratedTrace;
import org.sysretreplay.ingest.generate.Generation;
import org.sysretreplay.ingest.generate.StoreGenerator;
import org.sysretreplay.ingest.trace.OutputException;

/** Generates into a store on one thread, as the engine does on several. */
final class GeneratedStores {

  private GeneratedStores() {}

  /** All traces, or none. */
  static void write(Generation generation, TraceStore store) {
    store.prepare();
    List<StoreWriting.Name> names =
        generation.traces().stream()
            .map(it -> new StoreWriting.Name(it.workload(), it.traceId()))
            .toList();
    try (StoreWriting writing = store.begin(names)) {
      List<TraceRow> rows = new ArrayList<>();
      try {
        for (GeneratedTrace trace : generation.traces()) {
          rows.add(StoreGenerator.write(trace, store));
        }
      } catch (OutputException e) {
        discard(rows, store, e);
        throw e;
      }
      store.publish(generation.unit(), rows);
      writing.complete();
    }
  }

  private static void discard(List<TraceRow> rows, TraceStore store, OutputException why) {
    try {
      store.discard(rows);
    } catch (OutputException e) {
      why.addSuppressed(e);
    }
  }
}
