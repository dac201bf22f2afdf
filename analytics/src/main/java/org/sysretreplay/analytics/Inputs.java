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
 * The trace files and stores that a question is put to.
 *
 * @param traces trace files
 * @param stores the locations of stores, each a path or a URI
 * @param workload the workload that all traces of the stores are counted under; if empty, each is
 *     counted under its own
 * @param leftOut the ids of traces in the stores that the question leaves out
 * @param seen the snapshots that {@link Engine#look} took, by the store's location; empty before
 *     that
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

  /** All traces of the files and stores, each under its own workload. */
  public Inputs(List<TraceInput> traces, List<String> stores) {
    this(traces, stores, Optional.empty());
  }

  /** All traces of the files and stores. */
  public Inputs(List<TraceInput> traces, List<String> stores, Optional<String> workload) {
    this(traces, stores, workload, Set.of(), Map.of());
  }

  Inputs with(Map<String, StoreSnapshot> nowSeen) {
    return new Inputs(traces, stores, workload, leftOut, nowSeen);
  }

  /** The same inputs without the traces that have these ids. */
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

  /** Whether one trace may be in the inputs twice: as a file and in a store, or in two stores. */
  public boolean canHaveDoubles() {
    return !stores.isEmpty() && traces.size() + stores.size() > 1;
  }
}
