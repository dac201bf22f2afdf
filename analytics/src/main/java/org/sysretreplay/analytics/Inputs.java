package org.sysretreplay.analytics;

import java.util.List;
import org.sysretreplay.ingest.source.TraceInput;

/**
 * What a question is put to.
 *
 * @param traces trace files
 * @param stores where stores lie, each a path or a URI
 */
public record Inputs(List<TraceInput> traces, List<String> stores) {

  public Inputs {
    traces = List.copyOf(traces);
    stores = List.copyOf(stores);
  }

  /** Whether one trace may be there by two names: as a file and in a store, or in two stores. */
  public boolean canHaveDoubles() {
    return !stores.isEmpty() && traces.size() + stores.size() > 1;
  }
}
