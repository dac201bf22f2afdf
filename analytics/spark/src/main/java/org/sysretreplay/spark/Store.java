package org.sysretreplay.spark;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A store that traces were just put into, and what became of their records. */
public final class Store {

  private final Session session;
  private final String location;
  private final List<Trace> traces;
  private final InputCounts input;
  private final List<String> notes;

  Store(
      Session session, String location, List<Trace> traces, InputCounts input, List<String> notes) {
    this.session = session;
    this.location = location;
    this.traces = List.copyOf(traces);
    this.input = input;
    this.notes = notes;
  }

  /**
   * A trace that was put into the store.
   *
   * @param file the file that it was read from
   * @param workload the workload that it is counted under
   * @param id its name within the workload
   * @param input what became of its records
   */
  public record Trace(String file, String workload, String id, InputCounts input) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: workload %s, trace %s: %,d seen = %,d accepted + %,d rejected + %,d ignored; %,d lost",
          file,
          workload,
          id,
          input.seen(),
          input.accepted(),
          input.rejected(),
          input.ignored(),
          input.lost());
    }
  }

  /** The store's location, as the user named it. */
  public String location() {
    return location;
  }

  /** The traces that were just put into it, in their order; the store may have others as well. */
  public List<Trace> traces() {
    return traces;
  }

  /** What became of the records of all these traces. */
  public InputCounts input() {
    return input;
  }

  /** Notes on the ingest, like those of a {@link Report#notes report}. */
  public List<String> notes() {
    return notes;
  }

  /** Selects everything that the store holds, to ask about it. */
  public Selection read() {
    return new Selection(session, List.of(location));
  }

  /** One line for each trace that was just put into it; notebooks show it. */
  @Override
  public String toString() {
    return traces.stream().map(Trace::toString).collect(Collectors.joining("\n"));
  }
}
