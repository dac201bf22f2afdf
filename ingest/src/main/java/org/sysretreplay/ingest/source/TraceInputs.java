package org.sysretreplay.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.Bounds;
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

  /**
   * Looks at every source. Throws nothing for what cannot be read: that is in {@link #unreadable}.
   *
   * @param workload the name to count everything under; each trace's own where empty
   * @param format the format of every file that is named, and the only one that is taken from
   *     folders; found out by the first bytes where empty
   */
  public static TraceInputs find(
      List<Path> sources, Optional<String> workload, Optional<TraceFormat> format) {
    return find(sources, workload, format, Bounds.USUAL);
  }

  /** The same, of traces of which so much may be made. */
  public static TraceInputs find(
      List<Path> sources, Optional<String> workload, Optional<TraceFormat> format, Bounds bounds) {
    return find(sources, workload, format, bounds, Files::list, System.in);
  }

  /** Lists what lies in a folder, as {@link Files#list} does. */
  interface Lister {
    Stream<Path> list(Path folder) throws IOException;
  }

  static TraceInputs find(
      List<Path> sources,
      Optional<String> workload,
      Optional<TraceFormat> format,
      Bounds bounds,
      Lister lister,
      InputStream stdin) {
    InputFinder finder = new InputFinder(workload, new FormatChoice(format), bounds, lister, stdin);
    sources.forEach(finder::addSource);
    return finder.result();
  }

  /** Whether the folder is a store. */
  static boolean isStore(Path folder) {
    return Files.isDirectory(folder.resolve("frames"))
        && Files.isDirectory(folder.resolve("traces"));
  }
}
