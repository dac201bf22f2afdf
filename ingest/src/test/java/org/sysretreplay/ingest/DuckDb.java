package org.sysretreplay.ingest;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;

/**
 * One database in memory for all tests of a JVM, because starting DuckDB takes longer than reading
 * a small file.
 */
public final class DuckDb {

  private static final Connection INSTANCE = start();

  private DuckDb() {}

  /** A new connection, for one thread; the caller closes it. */
  public static Connection connect() throws SQLException {
    return INSTANCE.unwrap(DuckDBConnection.class).duplicate();
  }

  private static Connection start() {
    try {
      Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement statement = duckDb.createStatement()) {
        statement.execute("set threads = 1");
        // Its cache is off: it identifies a file by name, time and size, but tests write files anew
        // in their place.
        statement.execute("set enable_external_file_cache = false");
      }
      return duckDb;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
