package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.MissReason;

class JsonSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode TEXT = text();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(TEXT);

  private static final List<String> BEFORE_THE_GROUP = List.of("workload", "model");
  private static final List<String> AFTER_THE_GROUP =
      List.of(
          "exits",
          "checked",
          "sysret",
          "iret_miss",
          "iret_route",
          "fast_sysret",
          "eretu",
          "hit_rate",
          "first_miss",
          "any_miss",
          "cause");

  private static JsonNode text() {
    try (InputStream in = JsonReport.class.getResourceAsStream("report-1.schema.json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<Path> samples() throws IOException {
    return SampleTraces.folders().stream().map(it -> it.resolve("perf.data"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void holdsForEverySampleAndEveryColumn(Path sample) throws IOException {
    for (GroupColumn column : GroupColumn.values()) {
      assertValid(check(sample, List.of(column.key())), List.of(column.key()));
    }
    assertValid(check(sample, List.of("cpu", "entry")), List.of("cpu", "entry"));
    assertValid(check(sample, List.of("comm", "event", "pid")), List.of("comm", "event", "pid"));
  }

  private static void assertValid(ObjectNode report, List<String> by) {
    assertThat(SCHEMA.validate(report)).isEmpty();
    assertThat(keys(report)).containsExactly("schema", "input", "rows");
    assertThat(keys(report.get("input")))
        .containsExactly("seen", "accepted", "rejected", "ignored", "lost");
    List<String> expected = new ArrayList<>(BEFORE_THE_GROUP);
    expected.addAll(by);
    expected.addAll(AFTER_THE_GROUP);
    assertThat(report.get("rows")).isNotEmpty();
    report.get("rows").forEach(row -> assertThat(keys(row)).isEqualTo(expected));
  }

  private static ObjectNode check(Path sample, List<String> by) throws IOException {
    return (ObjectNode)
        JSON.readTree(
            CliRunner.run("check", sample, "--format", "json", "--by", String.join(",", by)).out());
  }

  private static ObjectNode sample() throws IOException {
    return check(SampleTraces.ROOT.resolve("debugger/perf.data"), List.of("entry"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/input", "/rows/0"})
  void refusesAKeyTooMany(String place) throws IOException {
    ObjectNode report = sample();
    ((ObjectNode) report.at(place)).put("surplus", 1);
    assertThat(SCHEMA.validate(report))
        .extracting(Error::getKeyword)
        .contains("additionalProperties");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/input", "/rows/0"})
  void refusesAnyKeyTooFew(String place) throws IOException {
    for (String key : keys(sample().at(place))) {
      ObjectNode report = sample();
      ((ObjectNode) report.at(place)).remove(key);
      boolean isGroup = GroupColumn.ofKey(key).isPresent();
      assertThat(SCHEMA.validate(report).isEmpty()).as(key).isEqualTo(isGroup);
    }
  }

  @Test
  void refusesAReasonThatThereIsNot() throws IOException {
    ObjectNode report = sample();
    ((ObjectNode) report.at("/rows/0/first_miss")).put("BAD_WEATHER", 1);
    assertThat(SCHEMA.validate(report)).extracting(Error::getKeyword).contains("propertyNames");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exits", "checked", "sysret", "iret_miss", "eretu"})
  void refusesACountThatIsNone(String key) throws IOException {
    ObjectNode negative = sample();
    ((ObjectNode) negative.at("/rows/0")).put(key, -1);
    assertThat(SCHEMA.validate(negative)).extracting(Error::getKeyword).containsExactly("minimum");
    ObjectNode text = sample();
    ((ObjectNode) text.at("/rows/0")).put(key, "1");
    assertThat(SCHEMA.validate(text)).extracting(Error::getKeyword).containsExactly("type");
  }

  @Test
  void namesExactlyTheMissReasonsTheEntriesAndTheColumns() {
    assertThat(texts(TEXT.at("/$defs/reasons/propertyNames/enum")))
        .containsExactlyElementsOf(Stream.of(MissReason.values()).map(Enum::name).toList());
    assertThat(texts(TEXT.at("/$defs/row/properties/entry/enum")))
        .containsExactlyElementsOf(Stream.of(EntryKind.values()).map(EntryKind::key).toList());
    List<String> all = new ArrayList<>(BEFORE_THE_GROUP);
    Stream.of(GroupColumn.values()).map(GroupColumn::key).forEach(all::add);
    all.addAll(AFTER_THE_GROUP);
    assertThat(keys(TEXT.at("/$defs/row/properties"))).isEqualTo(all);
  }

  private static List<String> keys(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::textValue).toList();
  }
}
