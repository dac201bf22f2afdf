package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Knows the names of the files of a recording that perf writes as a folder (kernel file
 * tools/perf/util/data.c).
 */
public final class RecordingFolder {

  /** The file with the header, which every such folder has. */
  static final String MAIN_FILE = "data";

  private static final Pattern OTHER_FILE = Pattern.compile("data\\.(\\d{1,5})");

  /** The folder where {@code --kcore} keeps a copy of the running kernel. */
  private static final String KERNEL_FOLDER = "kcore_dir";

  private static final String EXTENSION = ".data";

  private RecordingFolder() {}

  /**
   * Whether the folder is a recording, by its name or by the other files that perf puts into it.
   */
  public static boolean isOne(Path folder) {
    if (!Files.isRegularFile(mainFile(folder))) {
      return false;
    }
    String name = folder.toAbsolutePath().normalize().toString();
    return name.endsWith(EXTENSION)
        || name.endsWith(EXTENSION + ".old")
        || holdsKernel(folder)
        || Files.isRegularFile(folder.resolve(otherFile(0)));
  }

  /** Whether the folder holds what only perf puts into one: a copy of the running kernel. */
  public static boolean holdsKernel(Path folder) {
    return Files.isDirectory(folder.resolve(KERNEL_FOLDER));
  }

  /** The file of such a folder that has the header. */
  public static Path mainFile(Path folder) {
    return folder.resolve(MAIN_FILE);
  }

  /** The folder of a recording whose file with the header this is; empty if it is another file. */
  public static Optional<Path> ofMainFile(Path file) {
    Path folder = file.getParent() == null ? file.toAbsolutePath().getParent() : file.getParent();
    return Optional.of(folder)
        .filter(it -> file.getFileName().toString().equals(MAIN_FILE))
        .filter(RecordingFolder::isOne);
  }

  /** Whether a file or folder in such a folder belongs to the recording. */
  public static boolean isPart(Path inFolder) {
    String name = inFolder.getFileName().toString();
    return name.equals(MAIN_FILE)
        || OTHER_FILE.matcher(name).matches()
        || name.startsWith(KERNEL_FOLDER);
  }

  /** The file of a processor, counted from 0. */
  static String otherFile(int number) {
    return MAIN_FILE + "." + number;
  }

  /**
   * How many files of processors the recording has: one more than the greatest number beside the
   * file with the header. A file with another name has none.
   */
  static int otherFiles(Path main) throws IOException {
    if (!main.getFileName().toString().equals(MAIN_FILE)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(main.getParent())) {
      OptionalInt greatest =
          files
              .map(it -> OTHER_FILE.matcher(it.getFileName().toString()))
              .filter(Matcher::matches)
              .mapToInt(it -> Integer.parseInt(it.group(1)))
              .max();
      return greatest.orElse(-1) + 1;
    }
  }
}
