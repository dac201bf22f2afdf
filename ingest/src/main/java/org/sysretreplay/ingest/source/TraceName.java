package org.sysretreplay.ingest.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.ingest.files.Sha256;

/** What a file's name says of the trace in it. */
final class TraceName {

  private static final Pattern PACKED = Pattern.compile("\\.(gz|xz|zst)$");
  private static final Pattern EXTENSION =
      Pattern.compile(
          Stream.of(TraceFormat.values())
              .flatMap(format -> format.extensions().stream())
              .map(Pattern::quote)
              .collect(Collectors.joining("|", "\\.(", ")$")));

  /** Extensions that anything can have. */
  private static final Pattern OF_ANYTHING = Pattern.compile("\\.(txt|out|log|json)$");

  /** Names that say what a file is and not what was recorded. */
  private static final Set<String> SAYS_NOTHING = Set.of("", "perf", "trace");

  private static final int ID_DIGITS = 8;

  private TraceName() {}

  /** The name without what says how it is packed and written: {@code nginx.perf.data} is nginx. */
  static String stem(Path file) {
    String name = withoutPacking(file);
    String shorter = EXTENSION.matcher(name).replaceFirst("");
    while (!shorter.equals(name)) {
      name = shorter;
      shorter = EXTENSION.matcher(name).replaceFirst("");
    }
    return name;
  }

  /** The name without what says how it is packed: {@code app.perf.data.gz} is app.perf.data. */
  static String withoutPacking(Path file) {
    return PACKED.matcher(file.getFileName().toString()).replaceFirst("");
  }

  /** Whether the name ends as hardly anything but a recording does. */
  static boolean isOfRecording(Path file) {
    String name = withoutPacking(file);
    return EXTENSION.matcher(name).find() && !OF_ANYTHING.matcher(name).find();
  }

  /** The stem, or the name of the folder where the stem says nothing, as of {@code perf.data}. */
  static String workload(Path file) {
    String stem = stem(named(file));
    Path folder = named(file).getParent();
    boolean useFolder =
        SAYS_NOTHING.contains(stem) && folder != null && folder.getFileName() != null;
    return useFolder ? folder.getFileName().toString() : stem.isEmpty() ? "trace" : stem;
  }

  /** The file's name and a short digest of where it lies, so that equal names do not collide. */
  static String traceId(Path file) {
    return idOf(file, Sha256.of(realPath(file).toString()));
  }

  /** The file's name and the start of a digest. */
  static String idOf(Path file, String digest) {
    return named(file).getFileName() + "-" + digest.substring(0, ID_DIGITS);
  }

  /** The path of a file or folder that may have been named relative to where it is. */
  private static Path named(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** The path without links, so that a file or folder has one. */
  static Path realPath(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }
}
