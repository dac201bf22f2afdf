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
 * What perf calls the files of a recording that it writes as a folder (kernel file
 * tools/perf/util/data.c).
 */
public final class RecordingFolder {

  /** The file with the header, which every such folder has. */
  static final String MAIN_FILE = "data";

  private static final Pattern OTHER_FILE = Pattern.compile("data\\.(\\d{1,5})");

  /** What {@code --kcore} keeps of the running kernel. */
  private static final String KERNEL_FOLDER = "kcore_dir";

  private static final String EXTENSION = ".data";

  private RecordingFolder() {}

  /** Whether the folder is a recording: by its name, or by what perf has put beside the file. */
  public static boolean isOne(Path folder) {
    if (!Files.isRegularFile(mainFile(folder))) {
      return false;
    }
    String name = folder.toAbsolutePath().normalize().toString();
    return name.endsWith(EXTENSION)
        || name.endsWith(EXTENSION + ".old")
        || Files.isDirectory(folder.resolve(KERNEL_FOLDER))
        || Files.isRegularFile(folder.resolve(otherFile(0)));
  }

  /** The file of such a folder that has the header. */
  public static Path mainFile(Path folder) {
    return folder.resolve(MAIN_FILE);
  }

  /** The folder that is a recording, of which the file is the one with the header. */
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
   * How many files of processors lie beside the one with the header, or would if none was missing
   * between them. Beside a file that was called otherwise none is of its recording.
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
