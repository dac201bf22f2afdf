package org.sysretreplay.ingest.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sysretreplay.ingest.files.FileTree;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.files.UnknownSchemeException;
import org.sysretreplay.ingest.flow.GivenProcessors;
import org.sysretreplay.ingest.frames.FrameFile;
import org.sysretreplay.ingest.redact.Redaction;
import org.sysretreplay.ingest.redact.Redactor;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * A store of traces in Parquet. A trace is in it whole or not at all: its part files are written
 * under names that no row knows, and then one file of rows, new or in place of an older one, makes
 * them visible by a single step. Readers follow the rows and nothing else.
 */
public final class TraceStore {
  private final String name;
  private final FileTree files;
  private final Map<String, String> options;

  private TraceStore(String name, FileTree files, Map<String, String> options) {
    this.name = name;
    this.files = files;
    this.options = Map.copyOf(options);
  }

  /** The store at a location on this machine, or on a file system that needs no settings. */
  public static TraceStore at(String location) {
    return at(location, Map.of());
  }

  /**
   * The store at that location, which need not exist yet.
   *
   * @param location a path or a URI
   * @param options settings of Hadoop file systems
   * @throws OutputException if no file system for the location's scheme is on the class path
   */
  public static TraceStore at(String location, Map<String, String> options) {
    try {
      return open(location, options);
    } catch (IOException e) {
      throw OutputException.unwritable(location, e);
    }
  }

  /**
   * The same for a store that has to be there, and is read before anything else.
   *
   * @throws TraceException if there can be none
   * @throws OutputException if no file system for the location's scheme is on the class path
   */
  public static TraceStore toRead(String location, Map<String, String> options) {
    try {
      return open(location, options);
    } catch (IOException e) {
      throw TraceException.of(
          location, "it cannot be read (" + OutputException.why(e) + ")", "check the name", e);
    }
  }

  private static TraceStore open(String location, Map<String, String> options) throws IOException {
    try {
      return new TraceStore(location, FileTrees.at(location, options), options);
    } catch (UnknownSchemeException e) {
      throw OutputException.of(location, e.getMessage(), e.remedy(), e);
    }
  }

  /** The store in a folder, for tests with other file systems. */
  static TraceStore in(String name, FileTree files) {
    return new TraceStore(name, files, Map.of());
  }

  /** The store's folder as the user named it. */
  public String location() {
    return name;
  }

  /**
   * Makes sure that the folder can take traces.
   *
   * @throws OutputException if it cannot be written, or holds something else
   */
  public void prepare() {
    try {
      checkParents();
      if (!isStoreOrEmpty()) {
        throw OutputException.of(
            name, "this is no store, and it is not empty", "name a new or an empty folder");
      }
      // This folder comes first: by it, another writer takes the rest for a store that is being
      // made.
      files.createFolders(StoreLayout.TRACES);
      for (StoreTable table : StoreTable.values()) {
        files.createFolders(table.folder());
      }
      StoreRows.checkVersion(name, files);
    } catch (IOException e) {
      throw OutputException.unwritable(name, e);
    }
  }

  private boolean isStoreOrEmpty() throws IOException {
    List<String> there =
        files.list("").stream().map(FileTree.Entry::name).filter(it -> !isHidden(it)).toList();
    return there.isEmpty() || there.contains(StoreLayout.TRACES);
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  /** Refuses a path below a file: the JDK's error would not name the file. */
  private void checkParents() throws IOException {
    Path above = FileTrees.local(name).map(Path::toAbsolutePath).orElse(null);
    for (; above != null; above = above.getParent()) {
      if (Files.isRegularFile(above)) {
        throw new IOException(above + " is a file and no folder");
      }
    }
  }

  /**
   * Begins to write those traces. If nobody else is writing, what dead writers left behind is
   * deleted.
   *
   * @throws OutputException if the store cannot be written
   */
  public StoreWriting begin(List<StoreWriting.Name> traces) {
    try {
      return StoreWriting.begin(name, files, traces);
    } catch (IOException e) {
      throw OutputException.unwritable(name, e);
    }
  }

  /**
   * Reads a trace into the store, in place of an earlier ingest of the same trace.
   *
   * @throws TraceException if the file cannot be read; the store is then as it was
   * @throws OutputException if the store cannot be written; the store is then as it was
   */
  public Counts ingest(TraceInput input) {
    prepare();
    try (StoreWriting writing =
        begin(List.of(new StoreWriting.Name(input.workload(), input.traceId())))) {
      TraceRow row = write(input);
      publish(row.traceId(), List.of(row));
      writing.complete();
      return row.counts();
    }
  }

  /**
   * Reads a trace once and writes its part files, which nobody sees before they are published.
   *
   * @return the row to {@link #publish}
   * @throws TraceException if the file cannot be read; the store is then as it was
   * @throws OutputException if the store cannot be written; the store is then as it was
   */
  public TraceRow write(TraceInput input) {
    return write(input, Redaction.NONE);
  }

  /** The same with redaction: records and names are redacted before they are written. */
  public TraceRow write(TraceInput input, Redaction redaction) {
    String workload = redaction.workload(input.workload());
    String traceId = redaction.traceId(input.traceId());
    Redactor redactor = redaction.redactor();
    MachineFacts machine = input.machine();
    try (CountingReader reader = input.open(Reading.ASSEMBLED);
        TracePartsWriter parts =
            TracePartsWriter.begin(
                files, workload, traceId, GivenProcessors.helpers(FrameFile.ALL_ENCODERS))) {
      while (reader.hasNext()) {
        add(reader.next(), redactor, parts);
      }
      parts.add(redactor.redacted(reader.maps()));
      return new TraceRow(
          workload,
          traceId,
          redaction.source(input.file()),
          input.format().id(),
          redaction.header(reader.header()),
          machine,
          reader.counts(),
          reader.inKernel(),
          reader.span(),
          parts.finish(reader.counts(), reader.inKernel()));
    } catch (IOException e) {
      throw OutputException.unwritable(name, e);
    }
  }

  private static void add(TraceRecord record, Redactor redactor, TracePartsWriter parts)
      throws IOException {
    if (record instanceof Accepted accepted) {
      parts.add(redactor.redacted(accepted.frame()));
    } else if (record instanceof InKernel interrupt) {
      // It is no return, but is needed for reading the trace as it was recorded.
      parts.add(redactor.redacted(interrupt.frame()));
    } else if (record instanceof Rejected rejected) {
      parts.add(redactor.redacted(rejected.reject()));
    }
  }

  /** Writes the frames of a trace that comes from no file. */
  public interface FrameWriter {

    /** Writes all frames of the trace, and gives the counts as if it had been read. */
    Written writeTo(TracePartsWriter parts) throws IOException;
  }

  /** The counts of what a {@link FrameWriter} wrote. */
  public record Written(Counts counts, long inKernel, TimeSpan span) {}

  /**
   * Writes the part files of a trace that comes from no file.
   *
   * @return the row to {@link #publish}
   * @throws OutputException if the store cannot be written; the store is then as it was
   */
  public TraceRow write(
      String workload, String traceId, String source, String format, FrameWriter frames) {
    try (TracePartsWriter parts = TracePartsWriter.begin(files, workload, traceId, 1)) {
      Written written = frames.writeTo(parts);
      return new TraceRow(
          workload,
          traceId,
          source,
          format,
          TraceHeader.EMPTY,
          MachineFacts.NOT_KNOWN,
          written.counts(),
          written.inKernel(),
          written.span(),
          parts.finish(written.counts(), written.inKernel()));
    } catch (IOException e) {
      throw OutputException.unwritable(name, e);
    }
  }

  /**
   * Makes traces visible, all of them or none, in place of all that were published under the same
   * name before.
   *
   * @param unit the name of the traces that are published together
   * @throws OutputException if the store cannot be written, or does not show what was written to
   *     it; it is then as it was
   */
  public void publish(String unit, List<TraceRow> rows) {
    new Publisher(name, files).publish(unit, rows);
  }

  /** Deletes the part files of traces that were written and are not to be published. */
  public void discard(List<TraceRow> rows) {
    new Publisher(name, files).discard(rows);
  }

  /** A snapshot of the store with only these traces, which it held when they were read. */
  public StoreSnapshot of(List<TraceRow> traces) {
    return new StoreSnapshot(name, files, options, traces);
  }

  /**
   * Compares every file with what the rows say about it.
   *
   * @throws TraceException if the store cannot be listed
   */
  public StoreAudit audit() {
    return StoreAudit.of(name, files);
  }

  /**
   * The same for some rows and the files that they name.
   *
   * @throws TraceException if one cannot be read
   */
  public StoreAudit audit(List<TraceRow> rows) {
    return StoreAudit.of(name, files, rows);
  }

  /**
   * Checks only the files of rows.
   *
   * @throws TraceException if the store cannot be listed
   */
  public StoreAudit auditRows() {
    return StoreAudit.ofRows(name, files);
  }

  /**
   * Deletes those left-overs that no trace needs now.
   *
   * @return how many there were
   * @throws OutputException if one cannot be deleted, or somebody is writing
   */
  public int remove(List<StoreAudit.Finding.LeftOver> leftOvers) {
    try {
      return StoreWriting.removeAll(
          name, files, leftOvers.stream().map(StoreAudit.Finding.LeftOver::path).toList());
    } catch (IOException e) {
      throw OutputException.unwritable(name, e);
    }
  }

  /** The error if a store cannot be repaired because somebody is writing. */
  public static OutputException busy(String store) {
    return OutputException.of(
        store, "somebody is writing to it", "wait for that to end, and repair it then");
  }

  /**
   * A snapshot of what the store holds now.
   *
   * @throws TraceException if it cannot be read
   */
  public StoreSnapshot read() {
    try {
      return new StoreSnapshot(name, files, options, StoreRows.all(name, files));
    } catch (IOException e) {
      throw StoreSnapshot.faulty(name, e);
    }
  }
}
