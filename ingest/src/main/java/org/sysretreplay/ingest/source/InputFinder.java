package org.sysretreplay.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.ingest.parquet.ParquetTraceReader;
import org.sysretreplay.ingest.perfdata.RecordingFolder;
import org.sysretreplay.ingest.source.TraceInputs.Lister;
import org.sysretreplay.ingest.source.TraceInputs.PassedOver;
import org.sysretreplay.ingest.source.TraceInputs.Why;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.Head;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;

/** Collects the traces and stores that the sources of a command line stand for. */
final class InputFinder {

  private final Optional<String> workload;
  private final FormatChoice formats;
  private final Bounds bounds;
  private final Lister lister;
  private final InputStream stdin;
  private final Set<String> piped = new HashSet<>();

  /** By the real path of a file, or the id of a pipe's copy. */
  private final Map<String, TraceInput> traces = new LinkedHashMap<>();

  private final Map<Path, Path> stores = new LinkedHashMap<>();
  private final List<PassedOver> passedOver = new ArrayList<>();
  private final List<TraceException> unreadable = new ArrayList<>();

  /**
   * The errors of a folder's files that are called texts of perf script and are in no format.
   * Beside their recording they are none.
   */
  private final Map<Path, TraceException> noScripts = new TreeMap<>();

  /** The number of traces and stores that were found; one that is named twice counts twice. */
  private int found;

  InputFinder(
      Optional<String> workload,
      FormatChoice formats,
      Bounds bounds,
      Lister lister,
      InputStream stdin) {
    this.workload = workload;
    this.formats = formats;
    this.bounds = bounds;
    this.lister = lister;
    this.stdin = stdin;
  }

  TraceInputs result() {
    return new TraceInputs(
        List.copyOf(traces.values()),
        List.copyOf(stores.values()),
        List.copyOf(passedOver),
        List.copyOf(unreadable));
  }

  void addSource(Path source) {
    try {
      if (source.toString().equals(TraceInputs.STDIN)) {
        addPiped(source, () -> PipedFile.of(stdin, bounds));
      } else if (Files.isDirectory(source)) {
        addNamedFolder(source);
      } else {
        addNamedFile(source);
      }
    } catch (TraceException e) {
      unreadable.add(e);
    } catch (IOException e) {
      unreadable.add(TraceBytes.unreadable(source.toString(), e));
    }
  }

  private void addNamedFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw TraceException.of(file.toString(), "there is no such file", "check the name");
    }
    if (PipedFile.isPipe(file)) {
      addPiped(file, () -> PipedFile.of(file, bounds));
      return;
    }
    if (!Files.isRegularFile(file)) {
      throw TraceException.of(
          file.toString(), "it is not a regular file", FormatChoice.WHAT_TO_GIVE);
    }
    if (Files.size(file) == 0) {
      addWithoutSize(file);
      return;
    }
    TraceFormat of = formats.ofNamed(NamedFile.of(file));
    add(of == TraceFormat.PERF_DATA ? RecordingFolder.ofMainFile(file).orElse(file) : file, of);
  }

  /** Files of tracefs have no size, and yet something in them. */
  private void addWithoutSize(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (in.read() < 0) {
        throw empty(file);
      }
    }
    addPiped(file, () -> PipedFile.of(file, bounds));
  }

  /** Reads a pipe, even if it is named twice, only once: nothing more would come. */
  private void addPiped(Path source, Supplier<PipedFile> pipe) {
    found++;
    if (piped.add(source.toString())) {
      add(pipe.get());
    }
  }

  private void add(PipedFile pipe) {
    TraceFormat of = formats.ofNamed(pipe.file());
    String id = pipe.traceId();
    traces.putIfAbsent(
        id,
        new TraceInput(
            pipe.file().name(),
            pipe.file().path().toString(),
            of,
            workload.orElse(pipe.workload()),
            id,
            bounds));
  }

  private void addNamedFolder(Path folder) {
    int before = found + unreadable.size();
    if (isRecording(folder)) {
      add(folder, TraceFormat.PERF_DATA);
    }
    scan(folder);
    if (found + unreadable.size() == before) {
      throw TraceException.of(
          folder.toString(),
          "there is no trace" + formats.inWords() + " in this folder",
          FormatChoice.WHAT_TO_GIVE);
    }
  }

  /**
   * Scans a folder. One that cannot be listed is an error, but does not stop the scan of others.
   */
  private void scan(Path folder) {
    if (TraceInputs.isStore(folder)) {
      found++;
      stores.putIfAbsent(TraceName.realPath(folder), folder);
      return;
    }
    try {
      scanEntries(folder, list(folder));
    } catch (IOException e) {
      unreadable.add(TraceBytes.unreadable(folder.toString(), e));
    }
  }

  private List<Path> list(Path folder) throws IOException {
    try (Stream<Path> listed = lister.list(folder)) {
      return listed.filter(entry -> !isHidden(entry)).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void scanEntries(Path folder, List<Path> all) {
    List<Path> entries =
        isRecording(folder) ? all.stream().filter(it -> !RecordingFolder.isPart(it)).toList() : all;
    List<Path> folders =
        entries.stream().filter(it -> Files.isDirectory(it) && !Files.isSymbolicLink(it)).toList();
    entries.stream().filter(InputFinder::isLostRecording).forEach(this::addLost);
    headless(folder).ifPresent(unreadable::add);
    entries.stream()
        .filter(it -> Files.isSymbolicLink(it) && Files.isDirectory(it))
        .forEach(it -> passedOver.add(new PassedOver(it, Why.LINKED_FOLDER)));
    scanFiles(
        entries.stream().filter(Files::isRegularFile).toList(),
        folders.stream().filter(this::isRecording).toList());
    folders.forEach(this::scanBelow);
  }

  /** Whether this is a link with the name of a recording that leads nowhere. */
  private static boolean isLostRecording(Path entry) {
    return Files.isSymbolicLink(entry) && !Files.exists(entry) && TraceName.isOfRecording(entry);
  }

  private void addLost(Path link) {
    unreadable.add(
        TraceException.of(
            link.toString(),
            "this is a link to a file that is not there or cannot be reached",
            "check where it leads"));
  }

  /** Whether the folder is a recording, and recordings are wanted. */
  private boolean isRecording(Path folder) {
    try {
      return formats.isWanted(TraceFormat.PERF_DATA)
          && RecordingFolder.isOne(folder)
          && TraceFormat.of(RecordingFolder.mainFile(folder))
              .equals(Optional.of(TraceFormat.PERF_DATA));
    } catch (TraceException e) {
      // The scan of the folder's files reports the error.
      return false;
    }
  }

  /**
   * The error of a folder that perf made, and whose file with the header has none: perf may not
   * have come to write it. Folders of other things can have such names, too: so any other content
   * of that file is an error only where nothing but perf can have made the folder.
   */
  private Optional<TraceException> headless(Path folder) {
    if (!formats.isWanted(TraceFormat.PERF_DATA)
        || !RecordingFolder.isOne(folder)
        || isOld(TraceName.named(folder))) {
      return Optional.empty();
    }
    Path main = RecordingFolder.mainFile(folder);
    try {
      if (Files.size(main) == 0) {
        return Optional.of(empty(main));
      }
      Head head = Head.of(main);
      boolean isError =
          TraceFormat.of(head).isEmpty()
              && (UnsupportedFile.ZEROES.claims(head) || isSurelyOfPerf(folder));
      return isError
          ? Optional.of(FormatChoice.unknown(NamedFile.of(main), head))
          : Optional.empty();
    } catch (TraceException | IOException e) {
      // The scan of the folder's files reports the error.
      return Optional.empty();
    }
  }

  private static boolean isSurelyOfPerf(Path folder) {
    return TraceName.isCalledPerfData(TraceName.named(folder))
        || RecordingFolder.holdsKernel(folder);
  }

  private void scanBelow(Path folder) {
    if (Files.exists(folder.resolve(TraceInputs.IGNORE_MARKER))) {
      passedOver.add(new PassedOver(folder, Why.IGNORED_FOLDER));
    } else {
      scan(folder);
    }
  }

  private static boolean isHidden(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(".") || name.startsWith("_");
  }

  private void scanFiles(List<Path> files, List<Path> recordings) {
    Map<Path, TraceFormat> byFile = new TreeMap<>();
    recordings.stream()
        .filter(it -> !Files.exists(it.resolve(TraceInputs.IGNORE_MARKER)))
        .forEach(it -> byFile.put(it, TraceFormat.PERF_DATA));
    for (Path file : files) {
      if (isEmptyRecording(file)) {
        unreadable.add(empty(file));
      } else {
        look(file).filter(formats::isWanted).ifPresent(it -> byFile.put(file, it));
      }
    }
    Set<String> recorded =
        byFile.entrySet().stream()
            .filter(it -> it.getValue() == TraceFormat.PERF_DATA && !isOld(it.getKey()))
            .map(it -> TraceName.stem(it.getKey()))
            .collect(Collectors.toSet());
    byFile.forEach((file, it) -> addFound(file, it, recorded));
    noScripts.keySet().removeIf(it -> recorded.contains(TraceName.stem(it)));
    unreadable.addAll(noScripts.values());
    noScripts.clear();
  }

  /** Whether the file is empty and has the name of a recording, so that it is an error. */
  private static boolean isEmptyRecording(Path file) {
    try {
      return TraceName.isOfRecording(file) && Files.size(file) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static TraceException empty(Path file) {
    return TraceException.of(file.toString(), "the file is empty", "record again");
  }

  private void addFound(Path file, TraceFormat found, Set<String> recorded) {
    if (isOld(file)) {
      passedOver.add(new PassedOver(file, Why.EARLIER_RECORDING));
    } else if (found == TraceFormat.PERF_SCRIPT && recorded.contains(TraceName.stem(file))) {
      passedOver.add(new PassedOver(file, Why.TEXT_OF_RECORDING));
    } else if (found == TraceFormat.PARQUET && isOtherTable(file)) {
      passedOver.add(new PassedOver(file, Why.OTHER_TABLE));
    } else {
      add(file, found);
    }
  }

  private boolean isOtherTable(Path file) {
    return ParquetTraceReader.isOtherTable(new NamedFile(file, file.toString(), bounds));
  }

  private static boolean isOld(Path file) {
    return file.getFileName().toString().endsWith(".old");
  }

  /**
   * The format of a file; empty if it is no trace. One that is called a recording, or a text of
   * one, and is none is an error: perf may not have come to write its header, or it may be packed.
   */
  private Optional<TraceFormat> look(Path file) {
    try {
      Head head = Head.of(file);
      Optional<TraceFormat> format = FormatChoice.recognised(NamedFile.of(file), head);
      if (format.isEmpty()) {
        lookAtOther(file, head);
      }
      return format;
    } catch (TraceException e) {
      unreadable.add(e);
      return Optional.empty();
    }
  }

  private void lookAtOther(Path file, Head head) {
    if (TraceName.isCalledPerfData(file) && formats.isWanted(TraceFormat.PERF_DATA)) {
      throw FormatChoice.unknown(NamedFile.of(file), head);
    }
    if (TraceName.isCalledPerfScript(file) && formats.isWanted(TraceFormat.PERF_SCRIPT)) {
      noScripts.put(file, FormatChoice.unknown(NamedFile.of(file), head));
    }
    if (formats.asked().isEmpty() && UnsupportedFile.TRACE_DAT.claims(head)) {
      passedOver.add(new PassedOver(file, Why.TRACE_CMD));
    }
  }

  private void add(Path file, TraceFormat format) {
    found++;
    add(
        new TraceInput(
            file.toString(),
            file.toString(),
            format,
            workload.orElseGet(() -> TraceName.workload(file)),
            TraceName.traceId(file),
            bounds));
  }

  /** A link and the trace that it leads to are one: the link is passed over. */
  private void add(TraceInput file) {
    String real = TraceName.realPath(Path.of(file.file())).toString();
    TraceInput known = traces.get(real);
    if (known == null || isLink(known) && !isLink(file)) {
      traces.put(real, file);
    }
    if (known != null && !isSame(known, file) && (isLink(known) || isLink(file))) {
      passedOver.add(new PassedOver(Path.of((isLink(file) ? file : known).file()), Why.LINK));
    }
  }

  private static boolean isLink(TraceInput file) {
    return Files.isSymbolicLink(Path.of(file.file()));
  }

  private static boolean isSame(TraceInput one, TraceInput other) {
    return TraceName.named(Path.of(one.file())).equals(TraceName.named(Path.of(other.file())));
  }
}
