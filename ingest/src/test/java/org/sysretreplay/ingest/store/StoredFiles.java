package org.sysretreplay.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the files of a store with what its rows say about them. */
final class StoredFiles {

  private StoredFiles() {}

  /** A part file as DuckDB reads it from the row of its trace. */
  record Promised(String table, Path file, long sizeBytes, long rows, String sha256) {}

  /** The part files that the rows of a store name. */
  static List<Promised> promised(Path store) {
    return new StoredRows(store)
            .select(
                """
            select workload, trace, part."table", part.file, part.bytes, part.rows, part.sha256
            from (select workload, trace, unnest(parts) as part from traces())
            order by all
            """)
            .stream()
            .map(it -> promised(store, it))
            .toList();
  }

  private static Promised promised(Path store, List<Object> row) {
    StoreTable table = StoreTable.ofFolder((String) row.get(2)).orElseThrow();
    String folder = StoreLayout.trace(table, (String) row.get(0), (String) row.get(1));
    return new Promised(
        table.folder(),
        store.resolve(folder).resolve((String) row.get(3)),
        (long) row.get(4),
        (long) row.get(5),
        (String) row.get(6));
  }

  /**
   * Asserts that every part file is as its row says, and that the store has no other files but
   * those of rows.
   */
  static void assertAsPromised(Path store) {
    List<Promised> promised = promised(store);
    assertAreThere(store, promised);
    Set<Path> expected = promised.stream().map(Promised::file).collect(Collectors.toSet());
    for (Path file : all(store)) {
      if (!Files.isDirectory(file)) {
        assertThat(file)
            .matches(
                it -> expected.contains(it) || isRows(store, it) || isLock(store, it),
                "a file that belongs there");
      } else if (!file.getParent().equals(store)) {
        assertThat(file).isNotEmptyDirectory();
      }
    }
  }

  private static boolean isLock(Path store, Path file) {
    return List.of(store.resolve(".lock"), store.resolve(".publishing")).contains(file);
  }

  private static boolean isRows(Path store, Path file) {
    return file.getParent().equals(store.resolve("traces"))
        && file.getFileName().toString().matches("rows-.*\\.parquet");
  }

  /** Asserts that every part file that a row names has the size and the digest in the row. */
  static void assertAreThere(Path store, List<Promised> promised) {
    List<Path> files = promised.stream().map(Promised::file).toList();
    assertThat(files).doesNotHaveDuplicates().allMatch(Files::isRegularFile);
    Map<Object, Object> rows = new HashMap<>();
    new StoredRows(store)
        .select("select file_name, num_rows from " + StoredRows.footers(files))
        .forEach(it -> rows.put(it.get(0), it.get(1)));
    for (Promised part : promised) {
      assertThat(part.file()).hasSize(part.sizeBytes());
      assertThat(sha256(part.file())).as("sha256 of %s", part.file()).isEqualTo(part.sha256());
      assertThat(rows).containsEntry(part.file().toString(), part.rows());
    }
  }

  private static String sha256(Path file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files and folders below a store, hidden ones too. */
  static Set<Path> all(Path store) {
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(it -> !it.equals(store)).collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of all files but the locks, by their names below the store. */
  static Map<Path, ByteBuffer> contents(Path store) {
    Map<Path, ByteBuffer> contents = new HashMap<>();
    for (Path file : all(store)) {
      if (Files.isRegularFile(file) && !isLock(store, file)) {
        contents.put(store.relativize(file), ByteBuffer.wrap(bytes(file)));
      }
    }
    return contents;
  }

  /** Copies a store to a new folder. */
  static void copy(Path from, Path to) {
    try {
      Files.createDirectory(to);
      for (Path file : all(from)) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a store. */
  static void delete(Path store) {
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
