package org.sysretreplay.ingest.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.ingest.files.Sha256;

/** Derives the names of traces from those of their files. */
final class TraceName {

  /** Extensions of packers whose files can be read here. */
  private static final String READ_HERE = "gz|xz|zst";

  private static final Pattern PACKED = Pattern.compile("\\.(" + READ_HERE + ")$");

  /** Extensions of archives and packers, also of those that cannot be read here. */
  private static final Pattern PACKED_ANYHOW =
      Pattern.compile("\\.(" + READ_HERE + "|bz2|lz4|lz|lzo|lzma|br|Z|zip|7z|rar)$");

  private static final Pattern EXTENSION =
      Pattern.compile(
          Stream.of(TraceFormat.values())
              .flatMap(format -> format.extensions().stream())
              .map(Pattern::quote)
              .collect(Collectors.joining("|", "\\.(", ")$")));

  /** Extensions that say nothing about the content. */
  private static final Pattern OF_ANYTHING = Pattern.compile("\\.(txt|out|log|json)$");

  /** Names that do not say what was recorded. */
  private static final Set<String> SAYS_NOTHING = Set.of("", "perf", "trace");

  private static final int ID_DIGITS = 8;

  private TraceName() {}

  /**
   * The name without the extensions of formats and compression: {@code nginx} for {@code
   * nginx.perf.data}.
   */
  static String stem(Path file) {
    String name = withoutPacking(file);
    String shorter = EXTENSION.matcher(name).replaceFirst("");
    while (!shorter.equals(name)) {
      name = shorter;
      shorter = EXTENSION.matcher(name).replaceFirst("");
    }
    return name;
  }

  /**
   * The name without the extension of compression: {@code app.perf.data} for {@code
   * app.perf.data.gz}.
   */
  static String withoutPacking(Path file) {
    return PACKED.matcher(file.getFileName().toString()).replaceFirst("");
  }

  /** Whether the name is that of a recording of perf, packed by whatever program. */
  static boolean isCalledPerfData(Path file) {
    return isCalled("perf.data", file);
  }

  /** Whether the name is that of the text of perf script, packed by whatever program. */
  static boolean isCalledPerfScript(Path file) {
    return isCalled("perf.script", file);
  }

  private static boolean isCalled(String ending, Path file) {
    return PACKED_ANYHOW.matcher(file.getFileName().toString()).replaceFirst("").endsWith(ending);
  }

  /** Whether the name ends with an extension that hardly any other file has. */
  static boolean isOfRecording(Path file) {
    String name = withoutPacking(file);
    return EXTENSION.matcher(name).find() && !OF_ANYTHING.matcher(name).find();
  }

  /**
   * The workload: the stem, or the name of the folder if the stem says nothing, as that of {@code
   * perf.data}.
   */
  static String workload(Path file) {
    String stem = stem(named(file));
    Path folder = named(file).getParent();
    boolean useFolder =
        SAYS_NOTHING.contains(stem) && folder != null && folder.getFileName() != null;
    return useFolder ? folder.getFileName().toString() : stem.isEmpty() ? "trace" : stem;
  }

  /**
   * The id of a trace: the file's name and a short digest of its path, so that equal names do not
   * collide.
   */
  static String traceId(Path file) {
    Path real = realPath(file);
    return idOf(real, Sha256.of(real.toString()));
  }

  /** The id of a trace from the file's name and a digest. */
  static String idOf(Path file, String digest) {
    return named(file).getFileName() + "-" + digest.substring(0, ID_DIGITS);
  }

  /**
   * The absolute path, whose name is that of the file even if the user named it as {@code .} or the
   * like.
   */
  static Path named(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** The path without symbolic links, so that each file or folder has only one. */
  static Path realPath(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }
}
