package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.ingest.DuckDb;

/** Reports as Parquet, as DuckDB reads them, against their JSON. */
class ReportParquetTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private static List<JsonNode> rows(Path parquet) throws SQLException, IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (Connection connection = DuckDb.connect();
        Statement statement = connection.createStatement();
        ResultSet all =
            statement.executeQuery(
                "select to_json(r) from read_parquet('%s') r".formatted(parquet))) {
      while (all.next()) {
        rows.add(JSON.readTree(all.getString(1)));
      }
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({
    "entry, seed",
    "'entry,syscall,comm', all",
    "'event,pid,tid,cpu,second,stage,cause', auto",
    "window=10ms, 'seed+signal-delivery-hits,fred'",
  })
  void hasTheRowsOfJson(String by, String models) throws Exception {
    Path file = folder.resolve("report.parquet");
    Object[] asked = {"report", SampleTraces.ROOT, "--quiet", "--by", by, "--model", models};
    assertThat(CliRunner.run(and(asked, "--format", "parquet", "-o", file)))
        .isEqualTo(new Result(0, "", ""));
    JsonNode json = JSON.readTree(CliRunner.run(and(asked, "--format", "json")).out());
    List<JsonNode> expected = new ArrayList<>();
    json.get("rows").forEach(expected::add);
    assertThat(expected).hasSizeGreaterThan(17);
    assertThat(rows(file)).isEqualTo(expected);
  }

  private static Object[] and(Object[] first, Object... more) {
    List<Object> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray();
  }

  @Test
  void isNeverWrittenToStandardOutput() throws IOException {
    Path trace = JsonLines.write(folder, "t.jsonl", JsonLines.HIT);
    Result expected =
        new Result(
            ExitCode.USAGE,
            "",
            "sysret-replay: --format parquet: this is no text; name a file with -o FILE.\n");
    assertThat(CliRunner.run("report", trace, "--format", "parquet")).isEqualTo(expected);
    assertThat(CliRunner.run("report", trace, "--format", "parquet", "-o", "-"))
        .isEqualTo(expected);
  }

  @Test
  void takesThePlaceOfTheFileThatWasThere() throws Exception {
    Path trace = JsonLines.write(folder, "t.jsonl", JsonLines.HIT);
    Path file = Files.writeString(folder.resolve("r.parquet"), "old");
    CliRunner.run("report", trace, "--format", "parquet", "-o", file);
    assertThat(rows(file)).hasSize(1);
    assertThat(Folders.content(folder)).containsExactly("r.parquet", "t.jsonl");
  }
}
