package org.sysretreplay.ingest.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.sysretreplay.ingest.columnar.Footer;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.files.FileTree;
import org.sysretreplay.ingest.files.Sha256;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

/** Compares the files of a store with what the rows of its traces say about them. */
public final class StoreAudit {

  private final FileTree files;
  private final List<TraceRow> rows = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private boolean allRowsRead = true;
  private boolean somebodyWrites;

  private StoreAudit(FileTree files) {
    this.files = files;
  }

  /** A file with which something is wrong. */
  public sealed interface Finding {

    /** The location of the file. */
    String file();

    /** What is wrong with it, as the rest of a sentence. */
    String problem();

    /** A file that a trace needs, and that is damaged or missing. */
    record Damage(String file, String problem) implements Finding {}

    /**
     * A file that no trace needs, which a writer left behind.
     *
     * @param path below the store's folder
     */
    record LeftOver(String file, String path, String problem) implements Finding {}

    /**
     * A file of rows under another name than its own, such as a copy; the problem says what to do.
     */
    record Misplaced(String file, String problem) implements Finding {}
  }

  /**
   * Checks all files.
   *
   * @throws TraceException if the store cannot be listed
   */
  static StoreAudit of(String store, FileTree files) {
    StoreAudit audit = new StoreAudit(files);
    try {
      StoreRows.checkVersion(store, files);
      audit.lookAtRows();
      audit.lookAtParts();
      audit.lookForLeftOvers(store);
    } catch (IOException e) {
      throw unreadable(store, e);
    }
    return audit;
  }

  /**
   * Looks at the files of rows that are there now, and at none that rows name.
   *
   * @throws TraceException if the store cannot be listed
   */
  static StoreAudit ofRows(String store, FileTree files) {
    StoreAudit audit = new StoreAudit(files);
    try {
      audit.lookAtRows();
    } catch (IOException e) {
      throw unreadable(store, e);
    }
    return audit;
  }

  /**
   * Looks at the files that some rows name.
   *
   * @throws TraceException if one cannot be looked at
   */
  static StoreAudit of(String store, FileTree files, List<TraceRow> rows) {
    StoreAudit audit = new StoreAudit(files);
    audit.rows.addAll(rows);
    try {
      audit.lookAtParts();
    } catch (IOException e) {
      throw unreadable(store, e);
    }
    return audit;
  }

  private static TraceException unreadable(String store, IOException e) {
    return TraceException.of(
        store,
        "it cannot be read (" + OutputException.why(e) + ")",
        "see that you may read all that is in it",
        e);
  }

  /** The traces whose rows can be read. */
  public List<TraceRow> traces() {
    return List.copyOf(rows);
  }

  /** All that is wrong, by table and file. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /**
   * Whether somebody was writing, or may have been: the store cannot be locked, and holds a
   * writer's note. Files that no trace names may then be theirs, and are no findings.
   */
  public boolean somebodyWrites() {
    return somebodyWrites;
  }

  private void damage(String path, String problem) {
    findings.add(new Finding.Damage(files.locate(path), problem));
  }

  private void misplaced(String path, MisplacedRowsException e) throws IOException {
    String remedy =
        files.sizeBytes(e.file()) >= 0
            ? "delete it: it is a copy that no trace needs"
            : "give it its name back, " + files.locate(e.file());
    findings.add(new Finding.Misplaced(files.locate(path), e.getMessage() + "; " + remedy));
  }

  private void leftOver(String path) {
    findings.add(
        new Finding.LeftOver(
            files.locate(path), path, "no trace names it: it was written and never published"));
  }

  private void lookAtRows() throws IOException {
    for (FileTree.Entry entry : files.list(StoreLayout.TRACES)) {
      String path = StoreLayout.TRACES + "/" + entry.name();
      if (StoreLayout.isRows(entry.name())) {
        try (ParquetFiles parquet = new ParquetFiles()) {
          rows.addAll(StoreRows.readOne(path, files, parquet));
        } catch (MisplacedRowsException e) {
          misplaced(path, e);
          allRowsRead = false;
        } catch (IOException e) {
          damage(path, OutputException.why(files.locate(path), e));
          allRowsRead = false;
        }
      }
    }
  }

  private void lookAtParts() throws IOException {
    for (TraceRow row : rows) {
      for (PartFile part : row.parts()) {
        String path = row.path(part);
        long size = files.sizeBytes(path);
        if (size < 0) {
          damage(path, "it is gone, and the trace " + row.traceId() + " needs it");
        } else if (size != part.sizeBytes()) {
          damage(
              path,
              "it has %,d bytes, and the trace's row says %,d".formatted(size, part.sizeBytes()));
        } else {
          lookInto(path, part);
        }
      }
    }
  }

  private void lookInto(String path, PartFile part) {
    try {
      if (!sha256(path).equals(part.sha256())) {
        damage(path, "its bytes are not those that were written");
        return;
      }
      if (!Footer.sha256(files.open(path)).equals(part.footerSha256())) {
        damage(path, "its footer is not the one that the trace's row names");
        return;
      }
      try (ParquetFiles parquet = new ParquetFiles();
          ParquetFileReader reader = parquet.open(files.open(path))) {
        if (reader.getRecordCount() != part.rows()) {
          damage(
              path,
              "it has %,d rows, and the trace's row says %,d"
                  .formatted(reader.getRecordCount(), part.rows()));
        }
      }
    } catch (IOException | RuntimeException e) {
      damage(path, "it cannot be read (" + OutputException.why(files.locate(path), e) + ")");
    }
  }

  private String sha256(String path) throws IOException {
    try (InputStream from = files.open(path).newStream()) {
      return Sha256.of(from);
    }
  }

  /** Looks for left-overs, unless some rows cannot be read, because these may name any file. */
  private void lookForLeftOvers(String store) throws IOException {
    List<String> found = allRowsRead ? LeftOvers.of(store, files).all() : List.of();
    if (!found.isEmpty()) {
      somebodyWrites = !lookAgain(store, found);
    }
  }

  /**
   * Looks for the same left-overs once more while nobody can write; false if somebody is writing.
   */
  @SuppressWarnings("try")
  private boolean lookAgain(String store, List<String> found) throws IOException {
    Optional<Closeable> alone;
    try {
      alone = StoreWriting.tryAlone(files);
    } catch (IOException e) {
      return lookAgainWithoutALock(store, found);
    }
    try (Closeable held = alone.orElse(null)) {
      if (held != null) {
        LeftOvers.still(store, files, found).forEach(this::leftOver);
      }
      return held != null;
    }
  }

  /**
   * The same for someone who may not lock the store: where no writer's note is left, whoever wrote
   * the files that were found has ended.
   */
  private boolean lookAgainWithoutALock(String store, List<String> found) throws IOException {
    boolean nobodyWrites = files.list(StoreWriting.NOTES).isEmpty();
    if (nobodyWrites) {
      LeftOvers.still(store, files, found).forEach(this::leftOver);
    }
    return nobodyWrites;
  }
}
