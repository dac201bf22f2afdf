package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sysretreplay.ingest.frames.FrameFile;
import org.sysretreplay.ingest.generate.GeneratedTrace;
import org.sysretreplay.ingest.generate.Generation;
import org.sysretreplay.ingest.generate.StoreGenerator;
import org.sysretreplay.ingest.redact.Redaction;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.store.StoreWriting;
import org.sysretreplay.ingest.store.StoreWriting.Name;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * All that is done with traces and stores, whoever does the work: the processors of this machine or
 * a cluster. Both do the same pieces, so that both come to the same.
 */
public final class Engine implements AutoCloseable {

  private final Workers workers;

  public Engine(Workers workers) {
    this.workers = workers;
  }

  /** The engine of all processors of this machine. */
  public static Engine local(Progress progress) {
    return new Engine(new LocalWorkers(progress));
  }

  /**
   * The answer over all inputs; trace files that cannot be read are in it as refused.
   *
   * @throws TraceException where a store is empty, or cannot be read
   * @throws UnreadableException where every input was refused
   */
  public <T> Answer<T> answer(String name, Fold<T> question, Inputs inputs) {
    Answer<T> answer =
        ofStores(
            inputs,
            stores -> new Asking<>(question, workers).answer(name, inputs.traces(), stores));
    inputs.traces().forEach(TraceInput::checkUnchanged);
    answer.intake().requireAny(inputs);
    return answer;
  }

  /**
   * The same inputs with what their stores hold now. That is what they are asked for from then on,
   * so that their rows are read once for all questions of a command, unless they change meanwhile.
   *
   * @throws TraceException where a store is empty, or cannot be read
   */
  public Inputs look(Inputs inputs) {
    Map<String, StoreSnapshot> seen = new LinkedHashMap<>();
    inputs.stores().forEach(it -> seen.put(it, filled(it)));
    return inputs.with(seen);
  }

  /** What is known of the kernel and the machine of each trace of stores, by its id. */
  public static Map<String, RecordedOn> recordedOn(Collection<StoreSnapshot> stores) {
    Map<String, RecordedOn> known = new TreeMap<>();
    for (StoreSnapshot store : stores) {
      store.traces().forEach(it -> known.put(it.traceId(), recordedOn(it)));
    }
    return known;
  }

  static RecordedOn recordedOn(TraceRow row) {
    return new RecordedOn(row.header().kernelRelease(), row.machine());
  }

  /** Is told what became of each trace that was to be read into a store, in their order. */
  @FunctionalInterface
  public interface Ingesting {

    /** It is in the store, in place of an earlier reading of it. */
    void done(TraceInput trace, Counts counts);

    /** It is in the store, and holds that much of its events. */
    default void sampled(TraceInput trace, Sampling sampling) {}

    /**
     * It cannot be read, and the store is as if it had not been tried. Whoever wants to go on with
     * the others says so.
     *
     * @param why a sentence with the remedy
     * @throws UnreadableException which ends the work
     */
    default void refused(TraceInput trace, String why) {
      throw new UnreadableException(List.of(why));
    }
  }

  /** What came of a trace: the row to publish, or why there is none. */
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

    /** The rows that it has: one or none. */
    default List<TraceRow> rows() {
      return this instanceof Written written ? List.of(written.row()) : List.of();
    }
  }

  /**
   * Reads the traces into the store, each in place of an earlier reading of it.
   *
   * @param told of every trace, in their order; what it throws ends the work
   * @return the sum of the counts of those that are in the store
   * @throws org.sysretreplay.ingest.trace.OutputException where the store cannot be written
   */
  public Counts ingest(List<TraceInput> traces, String store, Ingesting told) {
    return ingest(traces, store, Redaction.NONE, told);
  }

  /** The same, of records and names that are redacted before anything of them is written. */
  public Counts ingest(List<TraceInput> traces, String store, Redaction redaction, Ingesting told) {
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

  /** Workers may read copies; what this machine has is what the user named. */
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

  /**
   * Generates traces into the store, all of them or none, in place of all that were generated with
   * the same seed before.
   *
   * @param done is told of every trace once all are in the store, in their order
   * @return the sum of their counts
   * @throws org.sysretreplay.ingest.trace.OutputException where the store cannot be written
   */
  public Counts generate(
      Generation generation, String store, BiConsumer<GeneratedTrace, Counts> done) {
    Map<String, String> options = workers.fileSystemOptions();
    TraceStore target = TraceStore.at(store, options);
    target.prepare();
    List<GeneratedTrace> traces = generation.traces();
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

  /**
   * What is made of the stores as they were seen, or are now. Where a store changes meanwhile, so
   * that part files are gone, it is made anew of what the store holds then, but for traces that are
   * new since it was seen: of their kernels and machines nothing was known when it was asked.
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
   * What the stores of the inputs held when they were seen, or hold now, without what is left out;
   * a store of nothing else is not among them.
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

  /** What a store holds now of the traces that were seen in it; all where nobody has looked. */
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
    StoreSnapshot store = TraceStore.at(location, workers.fileSystemOptions()).read();
    if (store.isEmpty()) {
      throw TraceException.of(
          location, "there is no trace in this store", "ingest one, or remove it");
    }
    return store;
  }

  @Override
  public void close() {
    workers.close();
  }
}
