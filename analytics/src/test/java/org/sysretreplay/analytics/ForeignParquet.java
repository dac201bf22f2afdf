package org.sysretreplay.analytics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.DuckDb;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/** The same frames as JSON lines and as Parquet files that DuckDB makes of these. */
public final class ForeignParquet {

  private static final List<String> REGISTERS =
      List.of("rip", "rcx", "r11", "rflags", "cs", "ss", "rsp", "rax");

  private static final List<String> NUMBERS = List.of("ts_ns", "cpu", "pid", "tid", "nr", "ret");

  private static final List<String> TEXTS = List.of("comm", "entry", "event");

  /** All columns, as DuckDB reads them from JSON lines. */
  public static final String COLUMNS =
      Stream.of(REGISTERS, NUMBERS, TEXTS).flatMap(List::stream).collect(Collectors.joining(", "));

  private ForeignParquet() {}

  /** The frames of a recording as JSON lines; of some rows the optional fields are missing. */
  public static Path jsonLines(TraceInput recording, Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (CountingReader reader = recording.open(Reading.ASSEMBLED)) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          lines.add(json(accepted.frame()));
        }
      }
    }
    return Files.write(file, lines);
  }

  private static String json(ExitFrame frame) {
    Map<String, String> fields = new LinkedHashMap<>();
    long[] registers = {
      frame.registers().rip(),
      frame.registers().rcx(),
      frame.registers().r11(),
      frame.registers().rflags(),
      frame.registers().cs(),
      frame.registers().ss()
    };
    for (int i = 0; i < registers.length; i++) {
      fields.put(REGISTERS.get(i), Long.toUnsignedString(registers[i]));
    }
    fields.put("entry", quoted(frame.entry().key()));
    putNumber(fields, "nr", frame.syscall());
    putNumber(fields, "ret", frame.result());
    if (frame.seq() % 3 != 1) {
      frame.rsp().ifPresent(it -> fields.put("rsp", Long.toUnsignedString(it)));
      frame.rax().ifPresent(it -> fields.put("rax", Long.toUnsignedString(it)));
      putNumber(fields, "ts_ns", frame.timeNanos());
      putNumber(fields, "cpu", frame.cpu());
      putNumber(fields, "pid", frame.task().pid());
      putNumber(fields, "tid", frame.task().tid());
      putText(fields, "comm", frame.task().comm());
      putText(fields, "event", frame.event());
    }
    return fields.entrySet().stream()
        .map(it -> "\"" + it.getKey() + "\":" + it.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static void putNumber(Map<String, String> fields, String name, OptionalLong value) {
    value.ifPresent(it -> fields.put(name, Long.toString(it)));
  }

  private static void putText(Map<String, String> fields, String name, Optional<String> value) {
    value.ifPresent(it -> fields.put(name, quoted(it)));
  }

  private static String quoted(String text) {
    return text.chars()
        .mapToObj(it -> it < ' ' || it == '"' || it == '\\' ? "\\u%04x".formatted(it) : chars(it))
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String chars(int unit) {
    return Character.toString((char) unit);
  }

  /** Registers as signed 64-bit numbers, with the same bits. */
  public static String signed() {
    return Stream.concat(
            REGISTERS.stream()
                .map(
                    ("(case when %1$s > 9223372036854775807 then %1$s::hugeint"
                            + " - 18446744073709551616 else %1$s end)::bigint as %1$s")
                        ::formatted),
            Stream.concat(NUMBERS.stream(), TEXTS.stream()))
        .collect(Collectors.joining(", "));
  }

  /** Writes what DuckDB selects from a file of JSON lines; registers are unsigned there. */
  public static Path copy(Path jsonLines, String columns, String options, Path file) {
    String types =
        Stream.of(
                REGISTERS.stream().map(it -> it + ": 'UBIGINT'"),
                NUMBERS.stream().map(it -> it + ": 'BIGINT'"),
                TEXTS.stream().map(it -> it + ": 'VARCHAR'"))
            .flatMap(it -> it)
            .collect(Collectors.joining(", ", "{", "}"));
    run(
        """
        copy (select %s from read_json('%s', format = 'newline_delimited', columns = %s))
        to '%s' (format parquet, %s)
        """
            .formatted(columns, jsonLines, types, file, options));
    return file;
  }

  /** The number of rows of a table expression. */
  public static long count(String table) {
    try (Connection duckDb = DuckDb.connect();
        Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new UncheckedIOException(new IOException(table, e));
    }
  }

  /** Runs a statement in a database in memory. */
  public static void run(String sql) {
    try (Connection duckDb = DuckDb.connect();
        Statement statement = duckDb.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new UncheckedIOException(new IOException(sql, e));
    }
  }
}
