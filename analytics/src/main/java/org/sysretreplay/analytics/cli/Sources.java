package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.analytics.TraceFile;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * What can be read of the sources on a command line.
 *
 * @param recordedOn what is known of the kernel and the machine of each trace file, by its id
 * @param complete whether everything that was found could be opened
 */
record Sources(
    List<TraceInput> traces,
    Map<String, RecordedOn> recordedOn,
    List<String> stores,
    boolean complete) {

  /** What a question is put to. */
  Inputs inputs() {
    return new Inputs(traces, stores);
  }

  /**
   * Makes sure that an output, if there is one, replaces nothing that is read.
   *
   * @throws UsageException where it would
   */
  void protectFrom(Optional<Path> output) {
    output.ifPresent(this::protectFrom);
  }

  private void protectFrom(Path output) {
    for (TraceInput trace : traces) {
      if (isSameFile(Path.of(trace.path()), output) || isIn(Path.of(trace.path()), output)) {
        throw new UsageException(output + ": this is also the input; name another file.");
      }
    }
    for (String store : stores) {
      Optional<Path> folder = FileTrees.local(store).map(it -> it.toAbsolutePath().normalize());
      if (folder.filter(output.toAbsolutePath().normalize()::startsWith).isPresent()) {
        throw new UsageException(
            output + ": this lies in the store " + store + "; name another place.");
      }
    }
  }

  /** Whether it would be one of the files of a recording that is a folder. */
  private static boolean isIn(Path folder, Path output) {
    return Files.isDirectory(folder)
        && output.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize());
  }

  private static boolean isSameFile(Path input, Path output) {
    try {
      return Files.exists(output) && Files.isSameFile(input, output);
    } catch (IOException e) {
      throw OutputException.unwritable(output.toString(), e);
    }
  }

  /** What is known of the machines of all traces, those in stores included. */
  Machines machines(Machine asked, Engine engine) {
    Map<String, RecordedOn> all = new TreeMap<>(engine.recordedOn(stores));
    all.putAll(recordedOn);
    return new Machines(asked, all);
  }

  /**
   * Tells of traces that are counted twice: by a store and by a file, or by two stores.
   *
   * @param ofStores the ids of the traces in each store
   */
  void tellOfDoubles(Map<String, List<String>> ofStores, Messages messages) {
    Map<String, String> places = new HashMap<>();
    traces.forEach(it -> places.put(it.traceId(), it.file()));
    ofStores.forEach(
        (store, ids) -> {
          for (String id : ids) {
            String other = places.putIfAbsent(id, store);
            if (other != null) {
              messages.note(
                  "%s: the trace %s is in %s as well, and counts twice; name one of them."
                      .formatted(store, id, other));
            }
          }
        });
  }

  boolean isEmpty() {
    return traces.isEmpty() && stores.isEmpty();
  }

  /**
   * Looks at every source, opens every trace once, and tells the user about what cannot be read.
   *
   * @param workload the name to count everything under; each trace's own where empty
   * @param format the format of every file; found out by the first bytes where empty
   */
  static Sources find(
      List<String> sources,
      Optional<String> workload,
      Optional<TraceFormat> format,
      Messages messages,
      boolean quiet) {
    List<Path> here = new ArrayList<>();
    List<String> stores = new ArrayList<>();
    for (String source : sources) {
      // Of other file systems only stores are read.
      FileTrees.local(source).ifPresentOrElse(here::add, () -> stores.add(source));
    }
    TraceInputs found = TraceInputs.find(here, workload, format);
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
    unreadable.forEach(e -> messages.error(e.getMessage()));
    if (!quiet) {
      messages.passedOver(found.passedOver());
    }
    return new Sources(readable, recordedOn, stores, unreadable.isEmpty());
  }
}
