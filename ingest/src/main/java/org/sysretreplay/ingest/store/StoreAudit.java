package org.sysretreplay.ingest.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.sysretreplay.ingest.columnar.Footer;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.files.FileTree;
import org.sysretreplay.ingest.files.NewFile;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

/** Holds every file of a store against what the rows of its traces promise. */
public final class StoreAudit {

  private static final int BUFFER_BYTES = 1 << 16;

  private final FileTree files;
  private final List<TraceRow> rows = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private StoreAudit(FileTree files) {
    this.files = files;
  }

  /** What is wrong with a file. */
  public sealed interface Finding {

    /** Where it lies. */
    String file();

    /** What is wrong with it, as the rest of a sentence. */
    String problem();

    /** A file that a trace needs. */
    record Damage(String file, String problem) implements Finding {}

    /**
     * A file that no trace needs, of a writer that did not come to its end.
     *
     * @param path below the store's folder
     */
    record LeftOver(String file, String path, String problem) implements Finding {}
  }

  /**
   * Looks at all files.
   *
   * @throws TraceException where the store cannot be listed
   */
  static StoreAudit of(String store, FileTree files) {
    StoreAudit audit = new StoreAudit(files);
    try {
      StoreRows.checkVersion(store, files);
      audit.lookAtRows();
      audit.lookAtParts();
      audit.lookForLeftOvers();
    } catch (IOException e) {
      throw TraceException.of(
          store, "it cannot be read (" + OutputException.why(e) + ")", "check the store", e);
    }
    return audit;
  }

  /** The traces whose rows can be read. */
  public List<TraceRow> traces() {
    return List.copyOf(rows);
  }

  /** All that is wrong, by table and file. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  private void damage(String path, String problem) {
    findings.add(new Finding.Damage(files.locate(path), problem));
  }

  private void leftOver(String path) {
    findings.add(
        new Finding.LeftOver(
            files.locate(path), path, "no trace names it: it was written and never published"));
  }

  private void lookAtRows() throws IOException {
    for (FileTree.Entry entry : files.list(StoreLayout.TRACES)) {
      String path = StoreLayout.TRACES + "/" + entry.name();
      if (NewFile.isBeingWritten(entry.name())) {
        leftOver(path);
      } else if (StoreLayout.isRows(entry.name())) {
        try (ParquetFiles parquet = new ParquetFiles()) {
          rows.addAll(StoreRows.read(path, files, parquet));
        } catch (IOException e) {
          damage(path, OutputException.why(e));
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
      damage(path, "it cannot be read (" + OutputException.why(e) + ")");
    }
  }

  private String sha256(String path) throws IOException {
    try (InputStream from = files.open(path).newStream()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void lookForLeftOvers() throws IOException {
    Set<String> named = new HashSet<>();
    rows.forEach(row -> row.parts().forEach(part -> named.add(row.path(part))));
    for (StoreTable table : StoreTable.values()) {
      for (String workload : folders(table.folder())) {
        for (String trace : folders(workload)) {
          lookForLeftOvers(trace, named);
        }
      }
    }
    for (FileTree.Entry note : files.list(StoreWriting.NOTES)) {
      leftOver(StoreWriting.NOTES + "/" + note.name());
    }
  }

  private void lookForLeftOvers(String trace, Set<String> named) throws IOException {
    for (FileTree.Entry entry : files.list(trace)) {
      String path = trace + "/" + entry.name();
      boolean written = NewFile.isBeingWritten(entry.name()) || StoreLayout.isPart(entry.name());
      if (written && !named.contains(path)) {
        leftOver(path);
      }
    }
  }

  private List<String> folders(String folder) throws IOException {
    return files.list(folder).stream()
        .filter(FileTree.Entry::isFolder)
        .map(it -> folder + "/" + it.name())
        .toList();
  }
}
