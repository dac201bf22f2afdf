package org.sysretreplay.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TreeMap;

/** Answers the benchmarks' questions in SQL. As a program, a whole process that answers one. */
final class DuckDb implements AutoCloseable {

  /** Counts hits, misses, first misses and all misses under the model {@code seed}. */
  private static final String FROM_REGISTERS =
      """
      with tested as (
        select workload, entry, nr,
          (case when rcx <> rip then 1 else 0 end)
          | (case when rcx >> 47 <> 0 then 2 else 0 end)
          | (case when cs <> 51 then 4 else 0 end)
          | (case when r11 <> rflags then 8 else 0 end)
          | (case when r11 & 65536 <> 0 then 16 else 0 end)
          | (case when ss <> 43 then 32 else 0 end) as m
        from read_parquet('%s/frames/*/*/*.parquet', hive_partitioning = true)
        where stage <> 'in_kernel')
      select workload, entry, nr, count(*), count(*) filter (m = 0),
        count(*) filter (m & 1 <> 0), count(*) filter (m & 3 = 2), count(*) filter (m & 7 = 4),
        count(*) filter (m & 15 = 8), count(*) filter (m & 31 = 16), count(*) filter (m = 32),
        count(*) filter (m & 1 <> 0), count(*) filter (m & 2 <> 0), count(*) filter (m & 4 <> 0),
        count(*) filter (m & 8 <> 0), count(*) filter (m & 16 <> 0), count(*) filter (m & 32 <> 0)
      from tested group by all
      """;

  /** Counts by class only, without the verdict that a model gives to each class. */
  private static final String FROM_CLASSES =
      """
      select workload, frame_class, nr, count(*)
      from read_parquet('%s/frames/*/*/*.parquet', hive_partitioning = true) group by all
      """;

  private final Connection connection;

  DuckDb(int threads) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("set threads = " + threads);
    }
  }

  static String fromRegisters(Path store) {
    return FROM_REGISTERS.formatted(store);
  }

  static String fromClasses(Path store) {
    return FROM_CLASSES.formatted(store);
  }

  /** All rows, in the order of their first columns. */
  TreeMap<String, String> answer(String sql, int keys) throws SQLException {
    TreeMap<String, String> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        StringBuilder key = new StringBuilder();
        StringBuilder counts = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          (i <= keys ? key : counts).append(result.getString(i)).append(' ');
        }
        rows.put(key.toString(), counts.toString());
      }
    }
    return rows;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Prints the answer from the registers of a store: {@code DuckDb STORE THREADS}. */
  public static void main(String[] args) throws SQLException {
    try (DuckDb duckDb = new DuckDb(Integer.parseInt(args[1]))) {
      System.out.println(duckDb.answer(fromRegisters(Path.of(args[0])), 3));
    }
  }
}
