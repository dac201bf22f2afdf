package org.sysretreplay.analytics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;

/** The recorded workloads of the folder sample-traces. */
public final class SampleTraces {

  /** The folder itself. */
  public static final Path ROOT = Path.of(System.getProperty("sample.traces"));

  private SampleTraces() {}

  /** The folders of all recorded workloads, by name. */
  public static List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.filter(it -> Files.exists(it.resolve("perf.data"))).sorted().toList();
    }
  }

  /** All recordings, by the names of their workloads. */
  public static List<TraceInput> recordings() throws IOException {
    return folders().stream().map(it -> input(it.resolve("perf.data"))).toList();
  }

  /**
   * The recordings, and synthetic traces for cases that they lack: old kernels and hidden numbers.
   */
  public static List<TraceInput> recordingsAndOldKernels() throws IOException {
    List<TraceInput> traces = new ArrayList<>(recordings());
    Stream.of("iopl", "native-vsyscall", "uprobe", "wow64")
        .map(SampleTraces::synthetic)
        .forEach(traces::add);
    return traces;
  }

  /** The trace of that name that was written by hand. */
  public static TraceInput synthetic(String name) {
    return input(ROOT.resolve("synthetic").resolve(name + ".perf.script"));
  }

  /** The recording of one workload. */
  public static TraceInput recording(String workload) {
    return input(ROOT.resolve(workload).resolve("perf.data"));
  }

  /** One trace file as an input. */
  public static TraceInput input(Path file) {
    return TraceInputs.find(List.of(file), Optional.empty(), Optional.empty()).traces().get(0);
  }
}
