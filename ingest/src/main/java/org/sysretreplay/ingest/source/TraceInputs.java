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
 * The traces and stores that the sources on a command line stand for.
 *
 * <p>A named file is a trace, and an error if no format claims it. So is a pipe, and standard
 * input, which is named {@value #STDIN}: both are read to their end here and copied, and the copies
 * are kept until this process ends. A folder stands for every trace and every store in it, at any
 * depth, except for these, which are reported: the text of a perf.data that lies beside it under
 * the same name; {@code *.old} files, in which perf keeps the recording before; Parquet files
 * without registers; what trace-cmd recorded; links to files that are traces of their own; and
 * folders with a file {@value #IGNORE_MARKER}. Names that begin with a dot or an underscore are
 * ignored.
 *
 * <p>If a format is asked for, a folder stands for its traces of that format only. The text of a
 * perf.data is then a trace even if the perf.data lies beside it.
 *
 * <p>A folder that perf wrote ({@code --kcore}, {@code --threads}) is one recording with the name
 * of the folder. Other files in it are treated as in any folder.
 *
 * @param traces in the order of the sources; of a folder its own by name, then those of its
 *     folders; no file twice
 * @param stores the folders that are stores
 * @param passedOver the files and folders that the scan of a folder left out
 * @param unreadable the errors of files and folders whose content could not be found out
 */
public record TraceInputs(
    List<TraceInput> traces,
    List<Path> stores,
    List<PassedOver> passedOver,
    List<TraceException> unreadable) {

  /** A file or folder that the scan of a folder left out. */
  public record PassedOver(Path path, Why why) {}

  /** Why a folder scan leaves something out. */
  public enum Why {
    TEXT_OF_RECORDING("the text of the perf.data beside it"),
    EARLIER_RECORDING("perf keeps the recording before under this name"),
    LINK("a link to a trace that is read anyhow"),
    LINKED_FOLDER("a link to a folder is followed only where it is named"),
    OTHER_TABLE("a Parquet file without registers"),
    TRACE_CMD("trace-cmd recorded it; only its text can be read (trace-cmd report -t)"),
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

  /** A folder with a file of this name is left out when a folder above it is scanned. */
  public static final String IGNORE_MARKER = ".sysret-replay-ignore";

  /** The name of standard input on a command line. */
  public static final String STDIN = "-";

  /**
   * Finds the traces and stores of all sources. What cannot be read does not throw but is in {@link
   * #unreadable}.
   *
   * @param workload the workload of all traces; if empty, each trace has its own
   * @param format the format of every named file, and the only one that is taken from folders; if
   *     empty, formats are recognised by the first bytes
   */
  public static TraceInputs find(
      List<Path> sources, Optional<String> workload, Optional<TraceFormat> format) {
    return find(sources, workload, format, Bounds.USUAL);
  }

  /** The same with other limits for reading the traces. */
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
  public static boolean isStore(Path folder) {
    return Files.isDirectory(folder.resolve("frames"))
        && Files.isDirectory(folder.resolve("traces"));
  }
}
