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
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Questions;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner;
import org.sysretreplay.emulator.Cause;
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
          "doubtful",
          "hit_rate",
          "sysret_share",
          "first_miss",
          "any_miss",
          "cause",
          "carried_over",
          "sampled_every",
          "sysret_share_low",
          "sysret_share_high");

  private static final List<String> OF_OWN_KERNEL =
      Stream.concat(
              Stream.of("workload", "kernel_release", "model"),
              AFTER_THE_GROUP.stream()
                  .limit(AFTER_THE_GROUP.indexOf("first_miss"))
                  .filter(it -> !it.equals("doubtful")))
          .toList();

  private static ObjectNode sample;

  @BeforeAll
  static void reportOnASample() throws IOException {
    sample = check(SampleTraces.ROOT.resolve("debugger/perf.data"), List.of("entry"));
  }

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
    for (GroupColumn column : Questions.COLUMNS) {
      assertValid(check(sample, List.of(column.text())), List.of(column.key()));
    }
    assertValid(check(sample, List.of("cpu", "entry")), List.of("cpu", "entry"));
    assertValid(check(sample, List.of("comm", "event", "pid")), List.of("comm", "event", "pid"));
  }

  private static void assertValid(ObjectNode report, List<String> by) {
    assertThat(SCHEMA.validate(report)).isEmpty();
    assertThat(keys(report))
        .containsExactly("schema", "input", "rows", "recorded", "left_out", "sampled");
    assertThat(keys(report.get("input")))
        .containsExactly("seen", "accepted", "rejected", "ignored", "lost");
    List<String> expected = new ArrayList<>(BEFORE_THE_GROUP);
    by.forEach(it -> expected.addAll(groupKeys(it)));
    expected.addAll(AFTER_THE_GROUP);
    assertThat(report.get("rows")).isNotEmpty();
    report.get("rows").forEach(row -> assertThat(keys(row)).isEqualTo(expected));
    assertThat(report.get("recorded")).hasSize(1);
    assertThat(keys(report.at("/recorded/0"))).isEqualTo(OF_OWN_KERNEL);
  }

  /** The keys of a column of {@code --by}. */
  private static List<String> groupKeys(String column) {
    return switch (column) {
      case "syscall" -> List.of("syscall", "syscall_name");
      case "cause" -> List.of("group_cause");
      default -> List.of(column);
    };
  }

  private static ObjectNode check(Path sample, List<String> by) throws IOException {
    return (ObjectNode)
        JSON.readTree(
            CliRunner.run("check", sample, "--format", "json", "--by", String.join(",", by)).out());
  }

  private static ObjectNode sample() {
    return sample.deepCopy();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/input", "/rows/0", "/recorded/0"})
  void allowsKeysThatAreAddedLater(String place) {
    ObjectNode report = sample();
    ((ObjectNode) report.at(place)).put("surplus", 1);
    assertThat(SCHEMA.validate(report)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/input", "/rows/0", "/recorded/0"})
  void refusesAnyKeyTooFew(String place) {
    for (String key : keys(sample().at(place))) {
      ObjectNode report = sample();
      ((ObjectNode) report.at(place)).remove(key);
      // Keys that were added to version 1 may be missing: older reports are valid, too.
      boolean canBeMissing =
          List.of("entry", "recorded", "left_out", "sampled").contains(key)
              || key.startsWith("sampled_")
              || key.startsWith("sysret_share_");
      assertThat(SCHEMA.validate(report).isEmpty()).as(key).isEqualTo(canBeMissing);
    }
  }

  @ParameterizedTest
  @CsvSource({"compat32, linux-3.19", "compat32, linux-4.0", "shell, linux-4.0", "shell, fred"})
  void theSharesAreOfTheCheckedAndOfAllExits(String workload, String model) throws IOException {
    Path sample = SampleTraces.ROOT.resolve(workload).resolve("perf.data");
    JsonNode row =
        JSON.readTree(
                CliRunner.run("check", sample, "--untraced", "--model", model, "--format", "json")
                    .out())
            .at("/rows/0");
    long sysret = row.get("sysret").longValue();
    long all = sysret + row.get("fast_sysret").longValue();
    assertThat(row.get("sysret_share").doubleValue())
        .isEqualTo((double) all / row.get("exits").longValue());
    long checked = row.get("checked").longValue();
    assertThat(row.get("hit_rate").isNull()).isEqualTo(checked == 0);
    assertThat(row.get("hit_rate").asDouble())
        .isEqualTo(checked == 0 ? 0 : (double) sysret / checked);
    assertThat(row.get("doubtful").longValue() > 0).isEqualTo(workload.equals("compat32"));
  }

  @Test
  void namesTheSyscallsOf64BitCode() throws IOException {
    List<String> by = List.of("entry", "syscall");
    assertThat(check(SampleTraces.ROOT.resolve("timer-signals/perf.data"), by).get("rows"))
        .extracting(row -> row.get("syscall") + "=" + row.get("syscall_name").textValue())
        .contains("1=write", "110=getppid", "-1=rt_sigreturn", "null=null");
    assertThat(check(SampleTraces.ROOT.resolve("compat32/perf.data"), by).get("rows"))
        .filteredOn(row -> row.get("entry").textValue().equals("compat"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.get("syscall_name").isNull()).isTrue());
  }

  @Test
  void namesNoSyscallOf32BitCodeWhereEntriesAreCountedTogether() throws IOException {
    ObjectNode report = check(SampleTraces.ROOT.resolve("compat32/perf.data"), List.of("syscall"));
    assertThat(report.get("rows"))
        .extracting(row -> row.get("syscall") + "=" + row.get("exits"))
        .contains("20=300");
    assertThat(report.get("rows"))
        .allSatisfy(row -> assertThat(row.get("syscall_name").isNull()).isTrue());
    assertThat(check(SampleTraces.ROOT.resolve("shell/perf.data"), List.of("syscall")).get("rows"))
        .extracting(row -> row.get("syscall") + "=" + row.get("syscall_name").textValue())
        .contains("1=write");
  }

  /** In a recording in which every exit is checked, a frame that has a cause misses for it. */
  @Test
  void theCauseOfAGroupIsTheOneThatItsMissesAreCountedUnder() throws IOException {
    ObjectNode report =
        check(SampleTraces.ROOT.resolve("timer-signals/perf.data"), List.of("cause"));
    for (JsonNode row : report.get("rows")) {
      assertThat(keys(row.get("cause")))
          .isSubsetOf(row.get("group_cause").asText().toUpperCase(Locale.ROOT));
    }
    assertThat(report.get("rows"))
        .extracting(row -> row.get("group_cause").asText())
        .contains("signal_delivery", "fault", "null");
  }

  @Test
  void refusesAReasonThatThereIsNot() {
    ObjectNode report = sample();
    ((ObjectNode) report.at("/rows/0/first_miss")).put("BAD_WEATHER", 1);
    assertThat(SCHEMA.validate(report)).extracting(Error::getKeyword).contains("propertyNames");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exits", "checked", "sysret", "iret_miss", "eretu"})
  void refusesACountThatIsNone(String key) {
    ObjectNode negative = sample();
    ((ObjectNode) negative.at("/rows/0")).put(key, -1);
    assertThat(SCHEMA.validate(negative)).extracting(Error::getKeyword).containsExactly("minimum");
    ObjectNode text = sample();
    ((ObjectNode) text.at("/rows/0")).put(key, "1");
    assertThat(SCHEMA.validate(text)).extracting(Error::getKeyword).containsExactly("type");
  }

  @Test
  void namesExactlyTheMissReasonsTheCausesTheEntriesAndTheColumns() {
    JsonNode row = TEXT.at("/properties/rows/items/properties");
    for (String reasons : List.of("first_miss", "any_miss")) {
      assertThat(texts(row.get(reasons).at("/propertyNames/enum")))
          .containsExactlyElementsOf(Stream.of(MissReason.values()).map(Enum::name).toList());
    }
    assertThat(texts(row.at("/cause/propertyNames/enum")))
        .containsExactlyElementsOf(Stream.of(Cause.values()).map(Enum::name).toList());
    assertThat(texts(row.at("/entry/enum")))
        .containsExactlyElementsOf(Stream.of(EntryKind.values()).map(EntryKind::key).toList());
    List<String> all = new ArrayList<>(BEFORE_THE_GROUP);
    Questions.COLUMNS.stream().map(it -> groupKeys(it.key())).forEach(all::addAll);
    all.addAll(AFTER_THE_GROUP);
    assertThat(keys(row)).isEqualTo(all);
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
