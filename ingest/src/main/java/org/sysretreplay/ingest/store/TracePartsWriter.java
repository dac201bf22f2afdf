package org.sysretreplay.ingest.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.columnar.Footer;
import org.sysretreplay.ingest.files.FileTree;
import org.sysretreplay.ingest.files.NewFile;
import org.sysretreplay.ingest.frames.FrameFile;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.Reject;

/**
 * Writes the part files of one trace. They have names that no row knows, so that nobody reads them
 * before the trace is published.
 */
public final class TracePartsWriter implements Closeable {

  private final FileTree files;
  private final String workload;
  private final String traceId;
  private final String name = StoreLayout.newPart();
  private final List<StoreTable> placed = new ArrayList<>();
  private boolean finished;

  // Null before begin().
  private NewFile frameFile;
  private FrameFile frames;
  private NewFile rejectFile;
  private SmallTable.Writer rejects;

  // Null if the trace has no mappings.
  private NewFile mapFile;
  private ExecutableMaps maps = ExecutableMaps.NONE;

  /** How many records the rows of {@link #rejects} stand for. */
  private long rejected;

  private TracePartsWriter(FileTree files, String workload, String traceId) {
    this.files = files;
    this.workload = workload;
    this.traceId = traceId;
  }

  /**
   * Begins the files of a trace.
   *
   * @param encoders how many threads encode frames beside the caller's; at least one
   */
  static TracePartsWriter begin(FileTree files, String workload, String traceId, int encoders)
      throws IOException {
    TracePartsWriter parts = new TracePartsWriter(files, workload, traceId);
    try {
      parts.begin(encoders);
      return parts;
    } catch (IOException | RuntimeException e) {
      parts.closeAfter(e);
      throw e;
    }
  }

  private void begin(int encoders) throws IOException {
    frameFile = files.create(path(StoreTable.FRAMES));
    rejectFile = files.create(path(StoreTable.REJECTS));
    frames = new FrameFile(frameFile.output(), encoders);
    rejects = new SmallTable.Writer(rejectFile.output(), RejectTable.SCHEMA);
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private String path(StoreTable table) {
    return StoreLayout.trace(table, workload, traceId) + "/" + name;
  }

  /** Writes the next frame of the trace. */
  public void add(ExitFrame frame) throws IOException {
    frames.add(frame);
  }

  /** Writes the next reject of the trace. */
  public void add(Reject reject) throws IOException {
    rejects.add(RejectTable.group(reject));
    rejected += reject.count();
  }

  /** Writes all mappings of the trace; without any there is no file. */
  void add(ExecutableMaps all) throws IOException {
    if (!all.isEmpty()) {
      maps = all;
      mapFile = files.create(path(StoreTable.MAPS));
      MapTable.write(mapFile.output(), all);
    }
  }

  /**
   * Ends the files and puts them in their places, where nobody finds them before a row names them.
   *
   * @throws IOException if the rows are not as many as were counted, or cannot be written
   */
  List<PartFile> finish(Counts counts, long inKernel) throws IOException {
    frames.close();
    rejects.close();
    check(StoreTable.FRAMES, frames.rows(), counts.accepted() + inKernel);
    check(StoreTable.REJECTS, rejected, counts.rejected());
    List<PartFile> parts = new ArrayList<>();
    parts.add(place(StoreTable.FRAMES, frameFile, frames.rows()));
    parts.add(place(StoreTable.REJECTS, rejectFile, rejects.rows()));
    if (mapFile != null) {
      parts.add(place(StoreTable.MAPS, mapFile, maps.maps().size()));
    }
    finished = true;
    return parts;
  }

  private static void check(StoreTable table, long rows, long counted) throws IOException {
    if (rows != counted) {
      throw new IOException(
          "%,d records in %s were written and %,d were counted"
              .formatted(rows, table.folder(), counted));
    }
  }

  private PartFile place(StoreTable table, NewFile file, long rows) throws IOException {
    placed.add(table);
    NewFile.Content content = file.publish();
    String footer = Footer.sha256(files.open(path(table)));
    return new PartFile(table, name, content.sizeBytes(), rows, content.sha256(), footer);
  }

  /** Deletes all files unless they were finished. */
  @Override
  @SuppressWarnings("try")
  public void close() throws IOException {
    if (!finished) {
      try (Closeable last = this::unplace;
          NewFile ofFrames = frameFile;
          NewFile ofRejects = rejectFile;
          NewFile ofMaps = mapFile;
          SmallTable.Writer writer = rejects) {
        if (frames != null) {
          frames.close();
        }
      }
    }
  }

  private void unplace() throws IOException {
    for (StoreTable table : placed) {
      files.delete(path(table));
    }
    for (StoreTable table : StoreTable.values()) {
      deleteEmptyFolders(files, table, workload, traceId);
    }
  }

  /** Deletes the folders of a trace and of its workload if they are empty. */
  static void deleteEmptyFolders(FileTree files, StoreTable table, String workload, String traceId)
      throws IOException {
    files.delete(StoreLayout.trace(table, workload, traceId));
    files.delete(StoreLayout.workload(table, workload));
  }
}
