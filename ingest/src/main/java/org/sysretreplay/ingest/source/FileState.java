package org.sysretreplay.ingest.source;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sysretreplay.ingest.perfdata.RecordingFolder;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * What the operating system says of the files of a trace, so that it is seen where one of them was
 * written to, cut or replaced since.
 *
 * @param process the process that asked; others may run where the files are copies
 * @param files sorted by name; none where there are none
 */
record FileState(String process, List<Of> files) implements Serializable {

  private static final String THIS_PROCESS =
      ProcessHandle.current().pid() + "@" + System.nanoTime();

  /**
   * One file.
   *
   * @param key tells it from another file that has taken its name
   */
  private record Of(String name, long sizeBytes, long changedNanos, String key)
      implements Serializable {

    static Of of(Path file) throws IOException {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return new Of(
          file.getFileName().toString(),
          is.size(),
          is.lastModifiedTime().to(TimeUnit.NANOSECONDS),
          String.valueOf(is.fileKey()));
    }
  }

  FileState {
    files = List.copyOf(files);
  }

  /** What the files of a trace are now; of a folder those that are parts of the recording. */
  static FileState of(Path trace) {
    try {
      List<Of> files = new ArrayList<>();
      for (Path file : parts(trace)) {
        files.add(Of.of(file));
      }
      return new FileState(THIS_PROCESS, files);
    } catch (IOException e) {
      // Whoever opens it will be told.
      return new FileState(THIS_PROCESS, List.of());
    }
  }

  private static List<Path> parts(Path trace) throws IOException {
    if (!Files.isDirectory(trace)) {
      return List.of(trace);
    }
    try (Stream<Path> entries = Files.list(trace)) {
      return entries
          .filter(it -> RecordingFolder.isPart(it) && Files.isRegularFile(it))
          .sorted()
          .toList();
    }
  }

  /**
   * Makes sure that the files are what they were, if there were any; in another process, that they
   * are as large.
   *
   * @param trace as the user named it
   * @throws TraceException where they are not
   */
  void check(String trace, FileState now) {
    boolean isSame = process.equals(now.process) ? equals(now) : sizes().equals(now.sizes());
    if (!isSame && !files.isEmpty()) {
      throw changed(trace, now);
    }
  }

  private List<Long> sizes() {
    return files.stream().map(Of::sizeBytes).toList();
  }

  /** How large they are together. */
  long bytes() {
    return files.stream().mapToLong(Of::sizeBytes).sum();
  }

  private TraceException changed(String trace, FileState now) {
    String how =
        now.files.isEmpty()
            ? "it is gone"
            : bytes() == now.bytes()
                ? "it was written to, or is another file now"
                : "it had %,d bytes and has %,d".formatted(bytes(), now.bytes());
    return TraceException.of(
        trace,
        "it has changed since it was first looked at (" + how + ")",
        "wait until its writer has ended, or copy it and give the copy");
  }
}
