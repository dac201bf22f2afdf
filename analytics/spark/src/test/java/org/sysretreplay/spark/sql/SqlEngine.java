package org.sysretreplay.spark.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** An engine that runs SQL for the tests: Spark or DuckDB. */
interface SqlEngine extends AutoCloseable {

  SqlDialect dialect();

  void execute(String statement) throws SQLException;

  /** The rows, each by the names of its columns; lists are lists of texts. */
  List<Map<String, Object>> query(String sql) throws SQLException;

  /** Makes a view of a store's frames under that name, as the file of the views says. */
  default void makeFrames(String view, Path store) throws SQLException {
    for (String statement : SqlViews.frames(dialect())) {
      execute(
          statement
              .replace("view frames ", "view " + view + " ")
              .replace("STORE", store.toString()));
    }
  }

  @Override
  void close();

  /** Spark, in a session of its own. */
  static SqlEngine spark() {
    return new Spark(
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.sql.adaptive.enabled", false)
            // Lets few tasks read many small files.
            .config("spark.sql.files.openCostInBytes", 0)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate());
  }

  /** DuckDB, in memory. */
  static SqlEngine duckDb() throws SQLException {
    return new DuckDb(DriverManager.getConnection("jdbc:duckdb:"));
  }

  /** Spark SQL with default settings. */
  record Spark(SparkSession session) implements SqlEngine {

    @Override
    public SqlDialect dialect() {
      return SqlDialect.SPARK;
    }

    @Override
    public void execute(String statement) {
      session.sql(statement);
    }

    @Override
    public List<Map<String, Object>> query(String sql) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Row row : session.sql(sql).collectAsList()) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String column : row.schema().fieldNames()) {
          int i = row.fieldIndex(column);
          boolean list = row.schema().fields()[i].dataType().typeName().equals("array");
          values.put(column, list && !row.isNullAt(i) ? row.getList(i) : row.get(i));
        }
        rows.add(Collections.unmodifiableMap(values));
      }
      return rows;
    }

    @Override
    public void close() {
      session.stop();
    }
  }

  /** DuckDB with default settings. */
  record DuckDb(Connection connection) implements SqlEngine {

    @Override
    public SqlDialect dialect() {
      return SqlDialect.DUCKDB;
    }

    @Override
    public void execute(String statement) throws SQLException {
      try (Statement all = connection.createStatement()) {
        all.execute(statement);
      }
    }

    @Override
    public List<Map<String, Object>> query(String sql) throws SQLException {
      List<Map<String, Object>> rows = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          Map<String, Object> values = new LinkedHashMap<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            values.put(result.getMetaData().getColumnName(i), value(result.getObject(i)));
          }
          rows.add(Collections.unmodifiableMap(values));
        }
      }
      return rows;
    }

    private static Object value(Object value) throws SQLException {
      if (value instanceof java.sql.Array list) {
        return Stream.of((Object[]) list.getArray()).toList();
      }
      return value;
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
