package org.sysretreplay.analytics;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sysretreplay.ingest.source.TraceInput;

/**
 * What a question is put to.
 *
 * @param traces trace files
 * @param stores where stores lie, each a path or a URI
 * @param workload what the traces of stores are counted under; each its own workload where empty
 * @param leftOut the ids of traces of the stores that are not asked
 */
public record Inputs(
    List<TraceInput> traces, List<String> stores, Optional<String> workload, Set<String> leftOut) {

  public Inputs {
    traces = List.copyOf(traces);
    stores = List.copyOf(stores);
    leftOut = Set.copyOf(leftOut);
  }

  /** All of these. */
  public Inputs(List<TraceInput> traces, List<String> stores) {
    this(traces, stores, Optional.empty(), Set.of());
  }

  /** The same without some traces, by their ids. */
  public Inputs without(Collection<String> traceIds) {
    Set<String> all = new TreeSet<>(leftOut);
    all.addAll(traceIds);
    return new Inputs(
        traces.stream().filter(it -> !all.contains(it.traceId())).toList(), stores, workload, all);
  }

  /** Whether one trace may be there by two names: as a file and in a store, or in two stores. */
  public boolean canHaveDoubles() {
    return !stores.isEmpty() && traces.size() + stores.size() > 1;
  }
}
