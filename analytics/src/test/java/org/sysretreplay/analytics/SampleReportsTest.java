package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.report.JsonReport;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Every sample against the counts that a short Python script, kept beside it, makes from its text.
 */
class SampleReportsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Question BY_ENTRY_AND_EVENT =
      new Question(
          List.of("seed"),
          Machine.TRACED,
          Reading.AS_RECORDED,
          List.of(GroupColumn.ENTRY, GroupColumn.EVENT));

  static Stream<Path> samples() throws IOException {
    return SampleTraces.folders().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void reportsWhatTheIndependentScriptExpects(Path sample) throws IOException {
    JsonNode expected = JSON.readTree(sample.resolve("expected.json").toFile());
    for (String file : List.of("perf.data", "perf.script.gz")) {
      Answer<TallyTable> answer =
          TraceReplay.answer(BY_ENTRY_AND_EVENT, SampleTraces.input(sample.resolve(file)));
      JsonNode actual = JSON.readTree(JsonReport.render(Report.of(BY_ENTRY_AND_EVENT, answer)));
      assertThat(actual.get("schema")).isEqualTo(expected.get("schema"));
      assertThat(actual.get("input")).as(file).isEqualTo(expected.get("input"));
      assertThat(byEvent(actual)).as(file).isEqualTo(byEvent(expected));
    }
  }

  /** The rows by event, without causes, which the script does not know. */
  private static Map<String, JsonNode> byEvent(JsonNode report) {
    Map<String, JsonNode> rows = new HashMap<>();
    for (JsonNode row : (ArrayNode) report.get("rows")) {
      ObjectNode copy = row.deepCopy();
      copy.remove("cause");
      copy.remove("carried_over");
      rows.put(row.get("entry").textValue() + " " + row.get("event").textValue(), copy);
    }
    return rows;
  }
}
