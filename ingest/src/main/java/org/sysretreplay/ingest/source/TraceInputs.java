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
import org.sysretreplay.ingest.trace.Head;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * What the sources on a command line stand for.
 *
 * <p>A file that is named is read, and is an error where no format claims it. So is a pipe, and
 * standard input, which {@value #STDIN} stands for: both are read to their end here, and their
 * copies are there until this process ends. A folder stands for every trace and every store in it,
 * at any depth, with these exceptions, which are reported: the text of a perf.data that lies beside
 * it under the same name, {@code *.old} files, which perf keeps of the recording before, Parquet
 * files without registers, and folders that hold a file {@value #IGNORE_MARKER}. Names that begin
 * with a dot or an underscore are passed over.
 *
 * <p>Where a format is asked for, a folder stands for its traces of that format: the text of a
 * perf.data is then taken as if there were no perf.data.
 *
 * <p>A folder that perf wrote ({@code --kcore}, {@code --threads}) is one recording, and is called
 * as the folder is. What else lies in it is looked at as in any folder.
 *
 * @param traces in the order of their names; no file twice
 * @param stores the folders that are stores
 * @param passedOver what a folder scan left out
 * @param unreadable the errors of files and folders that could not even be looked at
 */
public record TraceInputs(
    List<TraceInput> traces,
    List<Path> stores,
    List<PassedOver> passedOver,
    List<TraceException> unreadable) {

  /** A file or folder that a folder scan left out. */
  public record PassedOver(Path path, Why why) {}

  /** Why a folder scan leaves something out. */
  public enum Why {
    TEXT_OF_RECORDING("the text of the perf.data beside it"),
    EARLIER_RECORDING("perf keeps the recording before under this name"),
    OTHER_TABLE("a Parquet file without registers"),
    IGNORED_FOLDER("it holds " + IGNORE_MARKER);

    private final String sentence;

    Why(String sentence) {
      this.sentence = sentence;
    }

    /** The reason, as part of a sentence. */
    public String sentence() {
      return sentence;
    }
  }

  /** A folder that holds a file of this name is passed over when a folder above it is scanned. */
  public static final String IGNORE_MARKER = ".sysret-replay-ignore";

  /** What stands for standard input on a command line. */
  public static final String STDIN = "-";

  private static final String TEXT_OF = "the text of ";

  private static final String WHAT_TO_GIVE = "give " + formats() + ", or a folder of them";

  /**
   * Looks at every source. Throws nothing for what cannot be read: that is in {@link #unreadable}.
   *
   * @param workload the name to count everything under; each trace's own where empty
   * @param format the format of every file that is named, and the only one that is taken from
   *     folders; found out by the first bytes where empty
   */
  public static TraceInputs find(
      List<Path> sources, Optional<String> workload, Optional<TraceFormat> format) {
    return find(sources, workload, format, Files::list, System.in);
  }

  /** What the formats are called; the programs whose text is read are told in one breath. */
  private static String formats() {
    String texts =
        Stream.of(TraceFormat.values())
            .map(TraceFormat::whatToGive)
            .filter(it -> it.startsWith(TEXT_OF))
            .map(it -> it.substring(TEXT_OF.length()))
            .collect(Collectors.joining(" or ", TEXT_OF, ""));
    return Stream.of(TraceFormat.values())
        .map(TraceFormat::whatToGive)
        .map(it -> it.startsWith(TEXT_OF) ? texts : it)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** Lists what lies in a folder, as {@link Files#list} does. */
  interface Lister {
    Stream<Path> list(Path folder) throws IOException;
  }

  static TraceInputs find(
      List<Path> sources,
      Optional<String> workload,
      Optional<TraceFormat> format,
      Lister lister,
      InputStream stdin) {
    Finder finder = new Finder(workload, format, lister, stdin);
    sources.forEach(finder::addSource);
    return finder.result();
  }

  /** Whether the folder is a store. */
  static boolean isStore(Path folder) {
    return Files.isDirectory(folder.resolve("frames"))
        && Files.isDirectory(folder.resolve("traces"));
  }

  private static final class Finder {

    private final Optional<String> workload;
    private final Optional<TraceFormat> format;
    private final Lister lister;
    private final InputStream stdin;
    private final Set<String> piped = new HashSet<>();
    private final Map<String, TraceInput> traces = new LinkedHashMap<>();
    private final Map<Path, Path> stores = new LinkedHashMap<>();
    private final List<PassedOver> passedOver = new ArrayList<>();
    private final List<TraceException> unreadable = new ArrayList<>();

    /** How many traces and stores were found; one that is named twice is found twice. */
    private int found;

    Finder(
        Optional<String> workload, Optional<TraceFormat> format, Lister lister, InputStream stdin) {
      this.workload = workload;
      this.format = format;
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
        if (source.toString().equals(STDIN)) {
          addPiped(source, () -> PipedFile.of(stdin));
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
        addPiped(file, () -> PipedFile.of(file));
        return;
      }
      if (!Files.isRegularFile(file)) {
        throw TraceException.of(file.toString(), "it is not a regular file", WHAT_TO_GIVE);
      }
      if (Files.size(file) == 0) {
        throw TraceException.of(file.toString(), "the file is empty", "record again");
      }
      TraceFormat of = formatOfNamed(NamedFile.of(file));
      add(of == TraceFormat.PERF_DATA ? RecordingFolder.ofMainFile(file).orElse(file) : file, of);
    }

    /** A pipe that is named twice is read once: nothing more would come. */
    private void addPiped(Path source, Supplier<PipedFile> pipe) {
      found++;
      if (piped.add(source.toString())) {
        add(pipe.get());
      }
    }

    private void add(PipedFile pipe) {
      TraceFormat of = formatOfNamed(pipe.file());
      String id = pipe.traceId();
      traces.putIfAbsent(
          id,
          new TraceInput(
              pipe.file().name(),
              pipe.file().path().toString(),
              of,
              workload.orElse(pipe.workload()),
              id));
    }

    private TraceFormat formatOfNamed(NamedFile file) {
      Head head = Head.of(file);
      return format
          .map(it -> checked(file, head, it))
          .or(() -> TraceFormat.of(head))
          .orElseThrow(() -> unknown(file, head));
    }

    private static TraceException unknown(NamedFile file, Head head) {
      if (MachineFile.isOne(file.path())) {
        return TraceException.of(
            file.name(),
            "it tells of the machine of a recording and is none itself",
            "name the recording");
      }
      return OtherFile.of(head)
          .map(it -> TraceException.of(file.name(), "it is " + it.sentence(), it.remedy()))
          .orElseGet(
              () ->
                  TraceException.of(
                      file.name(), "it is in no trace format that is known here", WHAT_TO_GIVE));
    }

    /** A magic number cannot stand at the start of a file of another format. */
    private static TraceFormat checked(NamedFile file, Head head, TraceFormat asked) {
      if (OtherFile.of(head).isPresent()) {
        throw unknown(file, head);
      }
      TraceFormat.of(head)
          .filter(it -> it != asked && it.hasMagic())
          .ifPresent(
              it -> {
                throw TraceException.of(
                    file.name(),
                    "it begins as %s does, and cannot be read as %s".formatted(it.id(), asked.id()),
                    "ask for no format, or for " + it.id());
              });
      return asked;
    }

    private void addNamedFolder(Path folder) {
      int before = found + unreadable.size();
      if (isRecording(folder)) {
        add(folder, TraceFormat.PERF_DATA);
      }
      scan(folder);
      if (found + unreadable.size() == before) {
        throw TraceException.of(
            folder.toString(), "there is no trace" + ofFormat() + " in this folder", WHAT_TO_GIVE);
      }
    }

    private String ofFormat() {
      return format.map(it -> " of the format " + it.id()).orElse("");
    }

    /** A folder that cannot be listed is one error; what lies beside it is scanned all the same. */
    private void scan(Path folder) {
      if (isStore(folder)) {
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
          isRecording(folder)
              ? all.stream().filter(it -> !RecordingFolder.isPart(it)).toList()
              : all;
      List<Path> folders =
          entries.stream()
              .filter(it -> Files.isDirectory(it) && !Files.isSymbolicLink(it))
              .toList();
      scanFiles(
          entries.stream().filter(Files::isRegularFile).toList(),
          folders.stream().filter(this::isRecording).toList());
      folders.forEach(this::scanBelow);
    }

    /** Whether the folder is a recording, of those that are wanted. */
    private boolean isRecording(Path folder) {
      try {
        return isWanted(TraceFormat.PERF_DATA)
            && RecordingFolder.isOne(folder)
            && TraceFormat.of(RecordingFolder.mainFile(folder))
                .equals(Optional.of(TraceFormat.PERF_DATA));
      } catch (TraceException e) {
        // It is told where the folder's files are looked at.
        return false;
      }
    }

    private void scanBelow(Path folder) {
      if (Files.exists(folder.resolve(IGNORE_MARKER))) {
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
      Map<Path, TraceFormat> found = new TreeMap<>();
      recordings.stream()
          .filter(it -> !Files.exists(it.resolve(IGNORE_MARKER)))
          .forEach(it -> found.put(it, TraceFormat.PERF_DATA));
      for (Path file : files) {
        if (isEmptyRecording(file)) {
          unreadable.add(TraceException.of(file.toString(), "the file is empty", "record again"));
        } else {
          formatOf(file).filter(this::isWanted).ifPresent(it -> found.put(file, it));
        }
      }
      Set<String> recorded =
          found.entrySet().stream()
              .filter(it -> it.getValue() == TraceFormat.PERF_DATA && !isOld(it.getKey()))
              .map(it -> TraceName.stem(it.getKey()))
              .collect(Collectors.toSet());
      found.forEach((file, it) -> addFound(file, it, recorded));
    }

    /** Called as recordings are, which other empty files are not. */
    private static boolean isEmptyRecording(Path file) {
      try {
        return TraceName.isOfRecording(file) && Files.size(file) == 0;
      } catch (IOException e) {
        return false;
      }
    }

    private boolean isWanted(TraceFormat found) {
      return format.isEmpty() || format.get() == found;
    }

    private void addFound(Path file, TraceFormat found, Set<String> recorded) {
      if (isOld(file)) {
        passedOver.add(new PassedOver(file, Why.EARLIER_RECORDING));
      } else if (found == TraceFormat.PERF_SCRIPT && recorded.contains(TraceName.stem(file))) {
        passedOver.add(new PassedOver(file, Why.TEXT_OF_RECORDING));
      } else if (found == TraceFormat.PARQUET && ParquetTraceReader.isOtherTable(file)) {
        passedOver.add(new PassedOver(file, Why.OTHER_TABLE));
      } else {
        add(file, found);
      }
    }

    private static boolean isOld(Path file) {
      return file.getFileName().toString().endsWith(".old");
    }

    private Optional<TraceFormat> formatOf(Path file) {
      try {
        return TraceFormat.of(file);
      } catch (TraceException e) {
        unreadable.add(e);
        return Optional.empty();
      }
    }

    private void add(Path file, TraceFormat format) {
      found++;
      String id = TraceName.traceId(file);
      traces.putIfAbsent(
          id,
          new TraceInput(
              file.toString(), format, workload.orElseGet(() -> TraceName.workload(file)), id));
    }
  }
}
