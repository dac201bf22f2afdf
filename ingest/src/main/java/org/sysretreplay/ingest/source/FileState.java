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
 * The state of a trace's files, to notice whether one of them has been written to, cut or replaced
 * since.
 *
 * @param process the process that took the state; in another process the files may be copies
 * @param files sorted by name; empty if there are no files
 */
record FileState(String process, List<OneFile> files) implements Serializable {

  private static final String THIS_PROCESS =
      ProcessHandle.current().pid() + "@" + System.nanoTime();

  /**
   * One file.
   *
   * @param key identifies the file, so that another one of the same name is noticed
   */
  private record OneFile(String name, long sizeBytes, long changedNanos, String key)
      implements Serializable {

    static OneFile of(Path file) throws IOException {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return new OneFile(
          file.getFileName().toString(),
          is.size(),
          is.lastModifiedTime().to(TimeUnit.NANOSECONDS),
          String.valueOf(is.fileKey()));
    }
  }

  FileState {
    files = List.copyOf(files);
  }

  /**
   * The present state of a trace's files; of a folder, the files that are parts of the recording.
   */
  static FileState of(Path trace) {
    try {
      List<OneFile> files = new ArrayList<>();
      for (Path file : parts(trace)) {
        files.add(OneFile.of(file));
      }
      return new FileState(THIS_PROCESS, files);
    } catch (IOException e) {
      // Opening the trace gives the error.
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
   * Makes sure that the files are unchanged, if there were any; in another process, that they have
   * the same sizes.
   *
   * @param trace as the user named it
   * @throws TraceException if they are not
   */
  void check(String trace, FileState now) {
    boolean isSame = process.equals(now.process) ? equals(now) : sizes().equals(now.sizes());
    if (!isSame && !files.isEmpty()) {
      throw changed(trace, now);
    }
  }

  private List<Long> sizes() {
    return files.stream().map(OneFile::sizeBytes).toList();
  }

  /** The total size of the files in bytes. */
  long bytes() {
    return files.stream().mapToLong(OneFile::sizeBytes).sum();
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
