package org.sysretreplay.analytics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * What a question can be put to: traces whose exits were counted together cannot be asked for
 * times, for example. Their rows tell so before a frame is read.
 *
 * @param stores the stores without such traces; those that hold nothing else are left out
 * @param refused the traces that are left out, each with the reason
 */
record Askable(List<StoreSnapshot> stores, Intake refused) {

  static Askable of(List<StoreSnapshot> all, Fold<?> question) {
    List<StoreSnapshot> stores = new ArrayList<>();
    Intake refused = Intake.zero();
    for (StoreSnapshot store : all) {
      Set<String> left = new HashSet<>();
      for (TraceRow trace : store.traces()) {
        Optional<TraceException> why = complaint(store, trace, question);
        if (why.isPresent()) {
          left.add(trace.traceId());
          refused = refused.plus(Intake.ofRefused(trace.traceId(), why.get()));
        }
      }
      stores.add(store.without(left));
    }
    return new Askable(stores.stream().filter(it -> !it.isEmpty()).toList(), refused);
  }

  private static Optional<TraceException> complaint(
      StoreSnapshot store, TraceRow trace, Fold<?> question) {
    return trace.counts(question.reading()).isCounted()
        ? question.complaint(place(store, trace))
        : Optional.empty();
  }

  private static String place(StoreSnapshot store, TraceRow trace) {
    return "%s: workload %s, trace %s"
        .formatted(store.location(), store.workload(trace), trace.traceId());
  }
}
