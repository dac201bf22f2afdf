package org.sysretreplay.ingest.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sysretreplay.ingest.DuckDb;

/** Reads the files of a store with DuckDB, which shares no code with the writer. */
final class StoredRows {

  /** The names of folders are text, whatever they look like. */
  private static final String PARTITIONS = "hive_partitioning = true, hive_types_autocast = false";

  private final Path store;

  StoredRows(Path store) {
    this.store = store;
  }

  /**
   * Runs a query over {@code frames()}, {@code rejects()}, {@code maps()} and {@code traces()}.
   * They look for files when the query runs, and fail if there are none.
   */
  List<List<Object>> select(String sql) {
    String query =
        sql.replace("frames()", table("frames/**/*.parquet"))
            .replace("rejects()", table("rejects/**/*.parquet"))
            .replace("maps()", table("maps/**/*.parquet"))
            .replace("traces()", table("traces/*.parquet"));
    try (Connection duckDb = DuckDb.connect();
        Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows(rows);
    } catch (SQLException e) {
      throw new UncheckedIOException(new IOException(query, e));
    }
  }

  private String table(String files) {
    return "read_parquet('%s/%s', %s)".formatted(pattern(store), files, PARTITIONS);
  }

  /** The table that those files are, and nothing beside them. */
  static String table(List<Path> files) {
    return "read_parquet(%s, %s)".formatted(list(files), PARTITIONS);
  }

  /** The footers of those files, a row each. */
  static String footers(List<Path> files) {
    return "parquet_file_metadata(%s)".formatted(list(files));
  }

  private static String list(List<Path> files) {
    return files.stream()
        .map(it -> "'" + pattern(it) + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** The pattern that finds nothing but that path, whatever its name. */
  private static String pattern(Path path) {
    return path.toString().replaceAll("[\\[*?]", "[$0]").replace("'", "''");
  }

  private static List<List<Object>> rows(ResultSet result) throws SQLException {
    int columns = result.getMetaData().getColumnCount();
    List<List<Object>> rows = new ArrayList<>();
    while (result.next()) {
      List<Object> row = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        row.add(result.getObject(i));
      }
      rows.add(row);
    }
    return rows;
  }

  /** The only row that a query gives. */
  List<Object> only(String sql) {
    List<List<Object>> rows = select(sql);
    if (rows.size() != 1) {
      throw new AssertionError(rows.size() + " rows: " + sql);
    }
    return rows.get(0);
  }

  /** The number of rows of a table, or of those that meet a condition. */
  long count(String tableAndCondition) {
    return (long) only("select count(*) from " + tableAndCondition).get(0);
  }

  /** The columns of all frames but their folders, in the order of the traces. */
  List<List<Object>> frames() {
    return select("select * exclude (workload, trace) from frames() order by trace, seq");
  }
}
