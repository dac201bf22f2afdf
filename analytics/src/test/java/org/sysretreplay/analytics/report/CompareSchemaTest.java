package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Outcome;

class CompareSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode TEXT = text();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(TEXT);

  /** Keys that were added to version 1 later. */
  private static final Set<String> ADDED =
      Set.of(
          "recorded",
          "left_out",
          "sampled",
          "runs",
          "only_beyond_noise",
          "chance",
          "first_miss",
          "cause",
          "answer",
          "comparability");

  private static JsonNode models;
  private static JsonNode runs;

  private static JsonNode text() {
    try (InputStream in = ComparisonJson.class.getResourceAsStream("compare-1.schema.json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeAll
  static void compareTwoModels() throws IOException {
    models = compare(SampleTraces.ROOT, "@linux-4.1", "--fail-below", "0.5");
    Object shell = SampleTraces.ROOT.resolve("shell");
    runs = compare(shell, SampleTraces.ROOT.resolve("http"), "--against", SampleTraces.ROOT);
  }

  private static JsonNode compare(Object... arguments) throws IOException {
    List<Object> all = new ArrayList<>(List.of("compare", "--quiet", "--format", "json"));
    all.addAll(List.of(arguments));
    return JSON.readTree(CliRunner.run(all.toArray()).out());
  }

  @Test
  void holdsForTwoModels() throws IOException {
    assertThat(SCHEMA.validate(models)).isEmpty();
    assertThat(models.get("rows")).hasSize(SampleTraces.folders().size());
  }

  @Test
  void holdsForTwoRunsAndForWorkloadsOfOneSide() throws IOException {
    JsonNode runs = compare(SampleTraces.ROOT, SampleTraces.ROOT.resolve("http"));
    assertThat(SCHEMA.validate(runs)).isEmpty();
    assertThat(runs.get("gate").isNull()).isTrue();
    assertThat(runs.at("/rows/0/other").isNull()).isTrue();
    assertThat(runs.at("/rows/0/sysret_share_points").isNull()).isTrue();
    assertThat(runs.at("/total/base/exits")).isEqualTo(runs.at("/total/other/exits"));
  }

  @Test
  void holdsForSeveralRunsASide() {
    assertThat(SCHEMA.validate(runs)).isEmpty();
    assertThat(runs.at("/base/runs")).hasSize(2);
    assertThat(runs.at("/total/chance/base/runs")).hasSize(2);
  }

  /** Parts that only a comparison of runs has, not one of two models. */
  @ParameterizedTest
  @CsvSource({
    "/total/chance, /$defs/chance",
    "/total/chance/base, /$defs/chance_of_side",
    "/total/chance/base/runs/0, /$defs/chance_of_side/properties/runs/items",
    "/total/first_miss/0, /$defs/first_miss/items",
    "/total/cause/0, /$defs/cause/items"
  })
  void namesEveryKeyThatRunsHave(String place, String schema) {
    List<String> keys = keys(runs.at(place));
    assertThat(keys).isNotEmpty().isEqualTo(keys(TEXT.at(schema).get("properties")));
    for (String key : keys) {
      ObjectNode comparison = runs.deepCopy();
      ((ObjectNode) comparison.at(place)).remove(key);
      assertThat(SCHEMA.validate(comparison)).as(key).isNotEmpty();
    }
  }

  private static ObjectNode copy() {
    return models.deepCopy();
  }

  static Stream<String> objects() {
    return Stream.of(
        "",
        "/base",
        "/base/input",
        "/machine",
        "/gate",
        "/rows/0",
        "/rows/0/base",
        "/rows/0/transitions/0",
        "/total");
  }

  @ParameterizedTest
  @MethodSource("objects")
  void allowsKeysThatAreAddedLater(String place) {
    ObjectNode comparison = copy();
    ((ObjectNode) comparison.at(place)).put("surplus", 1);
    assertThat(SCHEMA.validate(comparison)).isEmpty();
  }

  /** The schema requires every key that it names, so these are all keys. */
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "/base, /$defs/side",
    "/base/input, /$defs/input",
    "/base/runs/0, /$defs/side/properties/runs/items",
    "/machine, /properties/machine",
    "/gate, /properties/gate",
    "/rows/0, /properties/rows/items",
    "/rows/0/base, /$defs/part",
    "/rows/0/transitions/0, /$defs/transitions/items",
    "/total, /properties/total"
  })
  void namesEveryKeyThatThereIs(String place, String schema) {
    assertThat(keys(models.at(place))).isEqualTo(keys(TEXT.at(schema).get("properties")));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void refusesAnyKeyTooFew(String place) {
    for (String key : keys(models.at(place))) {
      ObjectNode comparison = copy();
      ((ObjectNode) comparison.at(place)).remove(key);
      // Keys that were added to version 1 may be missing: older output is valid, too.
      boolean canBeMissing = ADDED.contains(key) && !place.endsWith("transitions/0");
      assertThat(SCHEMA.validate(comparison).isEmpty()).as(key).isEqualTo(canBeMissing);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exits", "checked", "sysret", "iret_miss", "eretu"})
  void refusesACountThatIsNone(String key) {
    ObjectNode comparison = copy();
    ((ObjectNode) comparison.at("/rows/0/base")).put(key, -1);
    assertThat(SCHEMA.validate(comparison)).isNotEmpty();
  }

  @Test
  void namesExactlyTheOutcomesAndTheCauses() {
    assertThat(texts(TEXT.at("/$defs/outcome/enum")))
        .containsExactlyElementsOf(Stream.of(Outcome.values()).map(Enum::name).toList());
    List<String> causes = new ArrayList<>(Stream.of(Cause.values()).map(Enum::name).toList());
    causes.add(null);
    assertThat(texts(TEXT.at("/$defs/transitions/items/properties/cause/enum"))).isEqualTo(causes);
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
