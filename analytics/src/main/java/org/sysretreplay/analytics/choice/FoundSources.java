package org.sysretreplay.analytics.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.analytics.StoredTrace;
import org.sysretreplay.analytics.TraceFile;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.source.TraceInputs.PassedOver;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * The traces and stores found in the sources that a user names.
 *
 * @param traces the trace files that could be opened
 * @param recordedOn what is known of the kernel and the machine of each trace file, by its id
 * @param stores the locations of stores, each a path or a URI
 * @param workload the workload that all are counted under; each trace's own if empty
 * @param unreadable the errors of what could not be opened
 * @param passedOver what was left out of folders
 */
public record FoundSources(
    List<TraceInput> traces,
    Map<String, RecordedOn> recordedOn,
    List<String> stores,
    Optional<String> workload,
    List<TraceException> unreadable,
    List<PassedOver> passedOver) {

  public FoundSources {
    traces = List.copyOf(traces);
    recordedOn = Map.copyOf(recordedOn);
    stores = List.copyOf(stores);
    unreadable = List.copyOf(unreadable);
    passedOver = List.copyOf(passedOver);
  }

  /**
   * Looks at every source, and opens every trace once. Does not throw if something cannot be read:
   * that is in {@link #unreadable}.
   *
   * @param workload the name to count everything under; each trace's own if empty
   * @param format the format of every file; detected from its first bytes if empty
   */
  public static FoundSources find(
      List<String> sources, Optional<String> workload, Optional<TraceFormat> format) {
    return find(sources, workload, format, Bounds.USUAL);
  }

  /** The same with bounds on how much data an input may expand to. */
  public static FoundSources find(
      List<String> sources,
      Optional<String> workload,
      Optional<TraceFormat> format,
      Bounds bounds) {
    List<Path> here = new ArrayList<>();
    List<String> stores = new ArrayList<>();
    for (String source : sources) {
      // On other file systems only stores are read.
      FileTrees.local(source).ifPresentOrElse(here::add, () -> stores.add(source));
    }
    TraceInputs found = TraceInputs.find(here, workload, format, bounds);
    found.stores().forEach(it -> stores.add(it.toString()));
    List<TraceException> unreadable = new ArrayList<>(found.unreadable());
    List<TraceInput> readable = new ArrayList<>();
    Map<String, RecordedOn> recordedOn = new TreeMap<>();
    for (TraceInput input : found.traces()) {
      try {
        recordedOn.put(input.traceId(), TraceFile.recordedOn(input));
        readable.add(input);
      } catch (TraceException e) {
        unreadable.add(e);
      }
    }
    return new FoundSources(readable, recordedOn, stores, workload, unreadable, found.passedOver());
  }

  /** A source or a store as workers find it that run in other folders. */
  public static String absolute(String source) {
    return FileTrees.local(source).map(it -> it.toAbsolutePath().toString()).orElse(source);
  }

  /** Whether two sources are the same place, even if they are written differently. */
  public static boolean isSame(String left, String right) {
    Optional<Path> one = FileTrees.local(left);
    Optional<Path> other = FileTrees.local(right);
    try {
      return left.equals(right)
          || one.isPresent()
              && other.isPresent()
              && Files.exists(one.get())
              && Files.exists(other.get())
              && Files.isSameFile(one.get(), other.get());
    } catch (IOException e) {
      // The error will be reported when the sources are read.
      return false;
    }
  }

  /** The inputs of a question to these sources. */
  public Inputs inputs() {
    return new Inputs(traces, stores, workload);
  }

  /** Whether there is nothing to read. */
  public boolean isEmpty() {
    return traces.isEmpty() && stores.isEmpty();
  }

  /**
   * The contents of the sources.
   *
   * @param inputs the inputs with snapshots of their stores
   * @param machines what is known of the machines of all traces, including those in stores
   */
  public record Contents(Inputs inputs, Machines machines) {

    /**
     * A sentence for each trace that counts twice, or may: in a store and as a file, or in two
     * stores.
     */
    public List<Sentence> doubles() {
      return Doubles.in(inputs);
    }
  }

  /**
   * Takes snapshots of the stores, for questions that are asked right away.
   *
   * @throws TraceException if two traces of one id are from machines that are judged otherwise
   */
  public Contents look(Machine asked, Engine engine) {
    Inputs looked = engine.look(inputs());
    TraceMachines machines = new TraceMachines();
    traces.forEach(it -> machines.add(it.file(), it.traceId(), recordedOn.get(it.traceId())));
    for (String store : looked.stores()) {
      looked
          .seen()
          .get(store)
          .traces()
          .forEach(it -> machines.add(store, it.traceId(), StoredTrace.recordedOn(it)));
    }
    return new Contents(looked, new Machines(asked, machines.recordedOn()));
  }
}
