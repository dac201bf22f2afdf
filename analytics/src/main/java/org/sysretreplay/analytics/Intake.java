package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.StoreSnapshot;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * What became of the records of an input: how many were taken, rejected and refused. The intakes of
 * parts add up to that of the whole.
 *
 * @param empty the trace files and stores that hold no record at all
 * @param exitless the trace files and stores of whose records not one was accepted, each with its
 *     rejects; where it has none, not one record is a return to user space
 * @param refused the trace files that turned out to be unreadable, and the stored traces that
 *     cannot be asked, by their ids, each with the message; nothing of them counts
 * @param signs what the frames show of the machines that they were recorded on
 * @param sampled the workloads of which not every event was recorded
 */
public record Intake(
    Counts counts,
    RejectSummary rejects,
    SortedSet<EmptyInput> empty,
    SortedMap<String, RejectSummary> exitless,
    SortedMap<String, String> refused,
    TraceSigns signs,
    SampledWorkloads sampled)
    implements Serializable {

  public Intake {
    empty = Collections.unmodifiableSortedSet(new TreeSet<>(empty));
    exitless = Collections.unmodifiableSortedMap(new TreeMap<>(exitless));
    refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
  }

  /** The intake of no input. */
  public static Intake zero() {
    return of(TraceSigns.NONE);
  }

  /**
   * What became of the records of one store.
   *
   * @param source as the user named it
   */
  public static Intake of(String source, Counts counts, RejectSummary rejects) {
    return of(new EmptyInput(source, false), counts, rejects);
  }

  /** What became of the records of one trace file. */
  public static Intake of(TraceInput trace, Counts counts, RejectSummary rejects) {
    return of(EmptyInput.of(trace), counts, rejects);
  }

  private static Intake of(EmptyInput ifEmpty, Counts counts, RejectSummary rejects) {
    return new Intake(
        counts,
        rejects,
        new TreeSet<>(counts.seen() == 0 ? Set.of(ifEmpty) : Set.of()),
        exitless(ifEmpty.source(), counts, rejects),
        Collections.emptySortedMap(),
        TraceSigns.NONE,
        SampledWorkloads.NONE);
  }

  /** A copy of the rejects: those of a sum change. */
  private static SortedMap<String, RejectSummary> exitless(
      String source, Counts counts, RejectSummary rejects) {
    return counts.nothingAccepted()
        ? new TreeMap<>(Map.of(source, new RejectSummary().plus(rejects)))
        : Collections.emptySortedMap();
  }

  /** The intake of a trace file that cannot be read to its end. */
  public static Intake ofRefused(TraceInput trace, TraceException why) {
    return ofRefused(trace.traceId(), why);
  }

  /** The intake of a trace that cannot be asked, by its id. */
  static Intake ofRefused(String traceId, TraceException why) {
    return new Intake(
        Counts.ZERO,
        new RejectSummary(),
        Collections.emptySortedSet(),
        Collections.emptySortedMap(),
        new TreeMap<>(Map.of(traceId, why.getMessage())),
        TraceSigns.NONE,
        SampledWorkloads.NONE);
  }

  /** The intake of frames whose records are counted elsewhere. */
  public static Intake of(TraceSigns signs) {
    return new Intake(
        Counts.ZERO,
        new RejectSummary(),
        Collections.emptySortedSet(),
        Collections.emptySortedMap(),
        Collections.emptySortedMap(),
        signs,
        SampledWorkloads.NONE);
  }

  /** The same intake with these signs added. */
  public Intake with(TraceSigns shown) {
    return plus(of(shown));
  }

  /** The same, of which so much was sampled. */
  public Intake with(SampledWorkloads some) {
    return new Intake(counts, rejects, empty, exitless, refused, signs, sampled.plus(some));
  }

  /**
   * What became of the records of a store's traces when they were ingested.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException where the rejects cannot be read
   */
  public static Intake of(StoreSnapshot store, Reading reading) {
    RejectSummary rejects = new RejectSummary();
    store.forEachReject(rejects::plus);
    return of(store.location(), store.counts(reading), rejects).with(sampled(store, reading));
  }

  private static SampledWorkloads sampled(StoreSnapshot store, Reading reading) {
    return store.traces().stream()
        .map(
            it ->
                SampledWorkloads.of(
                    store.workload(it), it.header().sampling(), it.counts(reading).exits()))
        .reduce(SampledWorkloads.NONE, SampledWorkloads::plus);
  }

  /** The sum of both; changes this one's rejects. */
  public Intake plus(Intake other) {
    SortedSet<EmptyInput> both = new TreeSet<>(empty);
    both.addAll(other.empty);
    SortedMap<String, RejectSummary> allExitless = new TreeMap<>(exitless);
    allExitless.putAll(other.exitless);
    SortedMap<String, String> allRefused = new TreeMap<>(refused);
    allRefused.putAll(other.refused);
    return new Intake(
        counts.plus(other.counts),
        rejects.plus(other.rejects),
        both,
        allExitless,
        allRefused,
        signs.plus(other.signs),
        sampled.plus(other.sampled));
  }

  /**
   * Makes sure that at least one of all inputs could be read.
   *
   * @throws UnreadableException if every one of them was refused
   */
  public void requireAny() {
    boolean nothingRead = counts.seen() == 0 && empty.isEmpty();
    if (nothingRead && !refused.isEmpty()) {
      throw new UnreadableException(List.copyOf(refused.values()));
    }
  }

  /**
   * Whether the answer covers all inputs: none is empty, refused or without any accepted record.
   */
  public boolean isSound() {
    return empty.isEmpty() && exitless.isEmpty() && refused.isEmpty();
  }
}
