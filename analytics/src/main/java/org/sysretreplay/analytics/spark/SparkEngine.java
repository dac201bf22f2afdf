package org.sysretreplay.analytics.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.TransitionAnswer;
import org.sysretreplay.analytics.TransitionQuestion;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.generate.GeneratedTrace;
import org.sysretreplay.ingest.generate.Generation;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.spark.SparkSessions;
import org.sysretreplay.ingest.spark.TraceStore;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/** All that commands do on Spark, for callers that know nothing of Spark. */
public final class SparkEngine {

  private final SparkSession session;
  private final boolean progress;

  private SparkEngine(SparkSession session, boolean progress) {
    this.session = session;
    this.progress = progress;
  }

  /**
   * The engine on the Spark at that master; a process has one.
   *
   * @param progress whether a bar on standard error follows the work
   * @throws IllegalArgumentException where Spark cannot use the master; the message says why
   */
  public static SparkEngine at(String master, boolean progress) {
    try {
      return new SparkEngine(SparkSessions.get(master), progress);
    } catch (Exception e) {
      // Scala throws checked exceptions without declaring them.
      if (e instanceof SparkException) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
      throw e;
    }
  }

  /** Whether the tasks of that master run in this process. */
  public static boolean isLocal(String master) {
    return SparkSessions.isLocal(master);
  }

  /** Which kernel each trace of the stores was recorded on, by the trace's id. */
  public Map<String, String> kernelReleases(List<Path> stores) {
    Map<String, String> releases = new TreeMap<>();
    for (TraceStore store : storesAt(stores)) {
      store.read().traces().forEach(it -> releases.put(it.id(), it.kernelRelease()));
    }
    return releases;
  }

  /** The answer over all traces and stores. */
  public Answer answer(Question question, List<TraceInput> traces, List<Path> stores) {
    return during("replay", () -> SparkReplay.answer(session, question, traces, storesAt(stores)));
  }

  /** What two models make of every frame of all traces and stores. */
  public TransitionAnswer answer(
      TransitionQuestion question, List<TraceInput> traces, List<Path> stores) {
    return during(
        "compare", () -> SparkTransitions.answer(session, question, traces, storesAt(stores)));
  }

  /**
   * Reads the traces into the store, one after the other.
   *
   * @param done is told of every trace that is in the store
   * @return the sum of their counts
   */
  public Counts ingest(List<TraceInput> traces, Path store, BiConsumer<TraceInput, Counts> done) {
    TraceStore target = TraceStore.at(session, store);
    target.prepare();
    return during(
        "ingest",
        () -> {
          Counts total = Counts.ZERO;
          for (TraceInput trace : traces) {
            Counts counts = target.ingest(trace);
            done.accept(trace, counts);
            total = total.plus(counts);
          }
          return total;
        });
  }

  /**
   * Generates traces into the store, side by side.
   *
   * @param done is told of every trace that is in the store
   * @return the sum of their counts
   */
  public Counts generate(
      Generation generation, Path store, BiConsumer<GeneratedTrace, Counts> done) {
    TraceStore target = TraceStore.at(session, store);
    target.prepare();
    return during("generate", () -> target.generate(generation, done));
  }

  /** Writes one verdict for every frame of all traces and stores. */
  public Intake writeVerdicts(
      ExitModel model,
      Machine machine,
      Reading reading,
      List<TraceInput> traces,
      List<Path> stores,
      Path target,
      VerdictFile.Format format) {
    return during(
        "replay",
        () ->
            VerdictFile.write(
                session, model, machine, reading, traces, storesAt(stores), target, format));
  }

  private List<TraceStore> storesAt(List<Path> stores) {
    return stores.stream().map(this::filledStore).toList();
  }

  private TraceStore filledStore(Path folder) {
    TraceStore store = TraceStore.at(session, folder);
    if (store.read().isEmpty()) {
      throw TraceException.of(
          store.root(), "there is no trace in this store", "ingest one, or remove it");
    }
    return store;
  }

  private <T> T during(String name, Supplier<T> work) {
    return progress ? TaskProgress.during(session, name, work) : work.get();
  }
}
