package org.sysretreplay.analytics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
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
import org.sysretreplay.ingest.trace.TraceException;

/**
 * All that is done with traces and stores, whoever does the work: the processors of this machine or
 * a cluster. Both do the same pieces, so that both come to the same.
 */
public final class Engine implements AutoCloseable {

  /** How often work is begun that a changing store has spoilt. */
  private static final int MOST_TRIES = 5;

  private final Workers workers;

  public Engine(Workers workers) {
    this.workers = workers;
  }

  /** The engine of all processors of this machine. */
  public static Engine local(Progress progress) {
    return new Engine(new LocalWorkers(progress));
  }

  /**
   * The answer over all inputs.
   *
   * @throws TraceException where one cannot be read, or a store is empty
   */
  public <T> Answer<T> answer(String name, Fold<T> question, Inputs inputs) {
    return ofStores(
        inputs, stores -> new Asking<>(question, workers).answer(name, inputs.traces(), stores));
  }

  /** What is known of the kernel and the machine of each trace of the stores, by its id. */
  public Map<String, RecordedOn> recordedOn(List<String> stores) {
    Map<String, RecordedOn> known = new TreeMap<>();
    for (String store : stores) {
      filled(store).traces().forEach(it -> known.put(it.traceId(), recordedOn(it)));
    }
    return known;
  }

  static RecordedOn recordedOn(TraceRow row) {
    return new RecordedOn(row.header().kernelRelease(), row.machine());
  }

  /**
   * Reads the traces into the store, each in place of an earlier reading of it.
   *
   * @param done is told of every trace that is in the store, in their order
   * @return the sum of their counts
   * @throws TraceException where one cannot be read; those before it are in the store
   * @throws org.sysretreplay.ingest.trace.OutputException where the store cannot be written
   */
  public Counts ingest(List<TraceInput> traces, String store, BiConsumer<TraceInput, Counts> done) {
    return ingest(traces, store, Redaction.NONE, done);
  }

  /** The same, of records and names that are redacted before anything of them is written. */
  public Counts ingest(
      List<TraceInput> traces,
      String store,
      Redaction redaction,
      BiConsumer<TraceInput, Counts> done) {
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
          trace -> TraceStore.at(store, options).write(trace, redaction),
          (trace, row) -> {
            target.publish(row.traceId(), List.of(row));
            counts.add(row.counts());
            done.accept(trace, row.counts());
          },
          row -> target.discard(List.of(row)));
      writing.complete();
    }
    return counts.stream().reduce(Counts.ZERO, Counts::plus);
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
   * What is made of the stores as they are at one moment. Where a store changes meanwhile, so that
   * part files are gone, it is made anew of what the store holds then.
   */
  public <T> T ofStores(Inputs inputs, Function<List<StoreSnapshot>, T> work) {
    List<StoreSnapshot> stores = snapshots(inputs);
    for (int tries = 1; ; tries++) {
      try {
        return work.apply(stores);
      } catch (TraceException e) {
        List<StoreSnapshot> now = snapshots(inputs);
        if (tries == MOST_TRIES || isSame(stores, now)) {
          throw e;
        }
        stores = now;
      }
    }
  }

  private static boolean isSame(List<StoreSnapshot> left, List<StoreSnapshot> right) {
    return left.stream()
        .map(StoreSnapshot::traces)
        .toList()
        .equals(right.stream().map(StoreSnapshot::traces).toList());
  }

  /** The ids of the traces in each of the stores. */
  public Map<String, List<String>> traceIds(List<String> stores) {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    for (String store : stores) {
      ids.put(store, filled(store).traces().stream().map(TraceRow::traceId).toList());
    }
    return ids;
  }

  /** Who does the work. */
  public Workers workers() {
    return workers;
  }

  /**
   * What the stores of the inputs hold now.
   *
   * @throws TraceException where one is empty or cannot be read
   */
  public List<StoreSnapshot> snapshots(Inputs inputs) {
    return inputs.stores().stream().map(this::filled).toList();
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
