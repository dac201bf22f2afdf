package org.sysretreplay.analytics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sysretreplay.ingest.generate.GeneratedTrace;
import org.sysretreplay.ingest.generate.Generation;
import org.sysretreplay.ingest.redact.Redaction;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Answers questions to traces and stores, and fills stores. The work is done by the processors of
 * this machine or by a cluster; both do the same pieces, so that both have the same result.
 */
public final class Engine implements AutoCloseable {

  private final Workers workers;

  public Engine(Workers workers) {
    this.workers = workers;
  }

  /** An engine that uses all processors of this machine. */
  public static Engine local(Progress progress) {
    return new Engine(new LocalWorkers(progress));
  }

  /**
   * The answer over all inputs; trace files that cannot be read, and stored traces that cannot be
   * asked, are in it as refused.
   *
   * @throws TraceException where a store is empty, or cannot be read
   * @throws UnreadableException where every input was refused
   */
  public <T> Answer<T> answer(String name, Fold<T> question, Inputs inputs) {
    Answer<T> answer =
        ofStores(
            inputs,
            stores -> new QuestionRun<>(question, workers).answer(name, inputs.traces(), stores));
    inputs.traces().forEach(TraceInput::checkUnchanged);
    answer.intake().requireAny();
    return answer;
  }

  /**
   * The same inputs with snapshots of what their stores hold now. All later questions are put to
   * these snapshots, so that a command reads the lists of traces once, unless a store changes
   * meanwhile.
   *
   * @throws TraceException where a store is empty, or cannot be read
   */
  public Inputs look(Inputs inputs) {
    Map<String, StoreSnapshot> seen = new LinkedHashMap<>();
    inputs.stores().forEach(it -> seen.put(it, filled(it)));
    return inputs.with(seen);
  }

  /** Receives the outcome of each trace to ingest, in the order of the traces. */
  @FunctionalInterface
  public interface Ingesting {

    /** The trace is in the store and has replaced an earlier ingest of it. */
    void done(TraceInput trace, Counts counts);

    /** It is in the store, and holds that much of its events. */
    default void sampled(TraceInput trace, Sampling sampling) {}

    /**
     * The trace cannot be read; the store is as it was before. Ends the work, unless it is
     * overridden to go on with the other traces.
     *
     * @param why a sentence with the remedy
     * @throws UnreadableException to end the work
     */
    default void refused(TraceInput trace, String why) {
      throw new UnreadableException(List.of(why));
    }
  }

  /**
   * Reads the traces into the store; each replaces an earlier ingest of the same trace.
   *
   * @param told is told of every trace, in their order; an exception that it throws ends the work
   * @return the sum of the counts of all traces that were stored
   * @throws org.sysretreplay.ingest.trace.OutputException where the store cannot be written
   */
  public Counts ingest(List<TraceInput> traces, String store, Ingesting told) {
    return ingest(traces, store, Redaction.NONE, told);
  }

  /** The same, with records and names redacted before anything is written. */
  public Counts ingest(List<TraceInput> traces, String store, Redaction redaction, Ingesting told) {
    return new StoreFilling(workers).ingest(traces, store, redaction, told);
  }

  /**
   * Generates traces into the store, all of them or none. They replace all traces that were
   * generated with the same seed before.
   *
   * @param done is told of every trace in their order, once all are in the store
   * @return the sum of the counts of all traces
   * @throws TraceException where so many frames have no room in time
   * @throws org.sysretreplay.ingest.trace.OutputException where the store cannot be written
   */
  public Counts generate(
      Generation generation, String store, BiConsumer<GeneratedTrace, Counts> done) {
    return new StoreFilling(workers).generate(generation, store, done);
  }

  /**
   * The result of the work on the inputs' stores, as {@link #look} saw them or as they are now. If
   * a store changes meanwhile and part files are gone, the work is done again on what the store
   * holds then. Traces that are new since {@link #look} are left out: the question was made before
   * their kernels and machines were known.
   */
  public <T> T ofStores(Inputs inputs, Function<List<StoreSnapshot>, T> work) {
    return ChangingStores.ask(
        snapshots(inputs), () -> snapshots(inputs, it -> again(it, inputs)), work);
  }

  /** Who does the work. */
  public Workers workers() {
    return workers;
  }

  /**
   * Snapshots of the inputs' stores, as {@link #look} saw them or as they are now, without the
   * traces that are left out. A store is not in the list if no trace of it remains.
   *
   * @throws TraceException where one is empty or cannot be read
   */
  public List<StoreSnapshot> snapshots(Inputs inputs) {
    return snapshots(
        inputs, it -> Optional.ofNullable(inputs.seen().get(it)).orElseGet(() -> filled(it)));
  }

  private static List<StoreSnapshot> snapshots(
      Inputs inputs, Function<String, StoreSnapshot> read) {
    return inputs.stores().stream()
        .map(read)
        .map(it -> it.without(inputs.leftOut()).under(inputs.workload()))
        .filter(it -> !it.isEmpty())
        .toList();
  }

  /**
   * What the store holds now of the traces that {@link #look} saw in it; all that it holds if it
   * was not looked at.
   */
  private StoreSnapshot again(String location, Inputs inputs) {
    StoreSnapshot now = filled(location);
    StoreSnapshot seen = inputs.seen().get(location);
    return seen == null ? now : now.without(addedSince(seen, now));
  }

  private static Set<String> addedSince(StoreSnapshot seen, StoreSnapshot now) {
    Set<String> added = ids(now);
    added.removeAll(ids(seen));
    return added;
  }

  private static Set<String> ids(StoreSnapshot store) {
    return store.traces().stream()
        .map(TraceRow::traceId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private StoreSnapshot filled(String location) {
    return StoredTrace.read(location, workers.fileSystemOptions());
  }

  @Override
  public void close() {
    workers.close();
  }
}
