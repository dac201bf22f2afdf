package org.sysretreplay.analytics.choice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.ingest.store.TraceRow;

/**
 * Finds recordings that count twice: in a store and as a file, or in two stores. An id comes from a
 * path, so one id alone does not make two traces one recording.
 */
final class Doubles {

  /**
   * A trace in one of the inputs.
   *
   * @param name of the file or the store
   * @param row what a store says of it; a file says as much only once it is read
   */
  private record Place(String name, Optional<TraceRow> row) {

    private boolean canHold(TraceRow other) {
      return row.map(it -> isSameRecording(it, other)).orElse(true);
    }
  }

  private final Map<String, List<Place>> places = new HashMap<>();
  private final List<Sentence> sentences = new ArrayList<>();

  private Doubles() {}

  /** A sentence for each trace that counts twice, or may do so. */
  static List<Sentence> in(Inputs inputs) {
    Doubles doubles = new Doubles();
    if (inputs.canHaveDoubles()) {
      inputs
          .traces()
          .forEach(it -> doubles.put(it.traceId(), new Place(it.file(), Optional.empty())));
      inputs.stores().forEach(it -> doubles.add(it, inputs.seen().get(it).traces()));
    }
    return doubles.sentences;
  }

  private void put(String id, Place place) {
    places.computeIfAbsent(id, it -> new ArrayList<>()).add(place);
  }

  private void add(String store, List<TraceRow> rows) {
    for (TraceRow row : rows) {
      places.getOrDefault(row.traceId(), List.of()).stream()
          .filter(it -> it.canHold(row))
          .findFirst()
          .ifPresent(it -> sentences.add(sentence(store, row, it)));
    }
    rows.forEach(it -> put(it.traceId(), new Place(store, Optional.of(it))));
  }

  private static Sentence sentence(String store, TraceRow row, Place other) {
    return Sentence.of(
        other.row().isPresent()
            ? "%s: the trace %s is in %s as well, and counts twice; name one of them."
            : "%s: there is a trace %s in it, and %s has the same id; if that file was not recorded"
                + " anew since, it counts twice, so name one of them.",
        store,
        row.traceId(),
        other.name());
  }

  private static boolean isSameRecording(TraceRow one, TraceRow other) {
    return one.counts().equals(other.counts())
        && one.inKernel() == other.inKernel()
        && one.span().equals(other.span())
        && one.header().hostname().equals(other.header().hostname())
        && one.header().kernelRelease().equals(other.header().kernelRelease());
  }
}
