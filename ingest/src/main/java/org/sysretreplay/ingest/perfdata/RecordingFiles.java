package org.sysretreplay.ingest.perfdata;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Opens the files of one recording. Mostly there is one. {@code perf record --kcore} puts it into a
 * folder, and {@code --threads} adds one for each processor, which has records and nothing else.
 */
final class RecordingFiles implements AutoCloseable {

  /** One of them, open. */
  record Part(String name, FileChannel file) {

    /** Its size in bytes. */
    long bytes() {
      try {
        return file.size();
      } catch (IOException e) {
        throw TraceBytes.unreadable(name, e);
      }
    }
  }

  private final NamedFile main;
  private final List<Part> parts = new ArrayList<>();

  /**
   * Opens the file with the header.
   *
   * @param recording the file, or the folder that perf wrote
   * @throws TraceException if it cannot be read
   */
  RecordingFiles(NamedFile recording) {
    main =
        Files.isDirectory(recording.path())
            ? recording.resolve(RecordingFolder.MAIN_FILE)
            : recording;
    try {
      open(main);
    } catch (IOException e) {
      throw TraceBytes.unreadable(main.name(), e);
    }
  }

  /** Opens a file; a compressed one as a decompressed copy, which is deleted when it is closed. */
  private void open(NamedFile file) throws IOException {
    FileChannel channel =
        TraceBytes.packingOf(file.path()) == TraceBytes.Packing.PLAIN
            ? FileChannel.open(file.path(), StandardOpenOption.READ)
            : FileChannel.open(
                TraceBytes.unpack(file, ".perf.data"),
                StandardOpenOption.READ,
                StandardOpenOption.DELETE_ON_CLOSE);
    parts.add(new Part(file.name(), channel));
  }

  /**
   * Opens the files of the processors as well.
   *
   * @throws TraceException if one is missing or cannot be read
   */
  void openOthers() {
    Path file = main.path().toAbsolutePath();
    try {
      int files = RecordingFolder.otherFiles(file);
      for (int i = 0; i < files; i++) {
        open(sibling(RecordingFolder.otherFile(i)));
      }
    } catch (IOException e) {
      throw TraceBytes.unreadable(main.name(), e);
    }
    if (parts.size() == 1) {
      throw missing(0);
    }
  }

  private NamedFile sibling(String file) {
    Path path = main.path().resolveSibling(file);
    if (!Files.exists(path)) {
      throw missing(file);
    }
    int start = main.name().lastIndexOf('/') + 1;
    return new NamedFile(path, main.name().substring(0, start) + file, main.bounds());
  }

  private TraceException missing(int number) {
    return missing(RecordingFolder.otherFile(number));
  }

  private TraceException missing(String file) {
    return TraceException.of(
        main.name(),
        "this is one file of a recording that is a folder (perf record --threads), and %s is missing"
            .formatted(file),
        "copy the folder whole");
  }

  /** The file with the header. */
  Part main() {
    return parts.get(0);
  }

  /** The limits for reading each file. */
  Bounds bounds() {
    return main.bounds();
  }

  /** The files of the processors; empty before {@link #openOthers}. */
  List<Part> others() {
    return parts.subList(1, parts.size());
  }

  /** The file of that name. */
  FileChannel named(String name) {
    return parts.stream()
        .filter(it -> it.name().equals(name))
        .map(Part::file)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    for (Part part : parts) {
      try {
        part.file().close();
      } catch (IOException e) {
        throw TraceBytes.unreadable(part.name(), e);
      }
    }
  }
}
