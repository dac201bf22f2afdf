package org.sysretreplay.analytics;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.StoreSnapshot;

/**
 * What a question is put to.
 *
 * @param traces trace files
 * @param stores where stores lie, each a path or a URI
 * @param workload what the traces of stores are counted under; each its own workload where empty
 * @param leftOut the ids of traces of the stores that are not asked
 * @param seen what the stores held when {@link Engine#look} looked, by where they lie; empty before
 */
public record Inputs(
    List<TraceInput> traces,
    List<String> stores,
    Optional<String> workload,
    Set<String> leftOut,
    Map<String, StoreSnapshot> seen) {

  public Inputs {
    traces = List.copyOf(traces);
    stores = List.copyOf(stores);
    leftOut = Set.copyOf(leftOut);
    seen = Map.copyOf(seen);
  }

  /** All of these. */
  public Inputs(List<TraceInput> traces, List<String> stores) {
    this(traces, stores, Optional.empty());
  }

  /** All of these under one name, or each under its own. */
  public Inputs(List<TraceInput> traces, List<String> stores, Optional<String> workload) {
    this(traces, stores, workload, Set.of(), Map.of());
  }

  Inputs with(Map<String, StoreSnapshot> nowSeen) {
    return new Inputs(traces, stores, workload, leftOut, nowSeen);
  }

  /** The same without some traces, by their ids. */
  public Inputs without(Collection<String> traceIds) {
    Set<String> all = new TreeSet<>(leftOut);
    all.addAll(traceIds);
    return new Inputs(
        traces.stream().filter(it -> !all.contains(it.traceId())).toList(),
        stores,
        workload,
        all,
        seen);
  }

  /** Whether one trace may be there by two names: as a file and in a store, or in two stores. */
  public boolean canHaveDoubles() {
    return !stores.isEmpty() && traces.size() + stores.size() > 1;
  }
}
