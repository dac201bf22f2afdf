package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.SampleTraces;

/**
 * The schemas describe rows as the list of columns does. {@code -Dschema.write=true} writes the
 * schema of reports from the list.
 */
class ReportSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER =
      SampleTraces.ROOT.resolveSibling(
          "analytics/src/main/resources/org/sysretreplay/analytics/report");

  /** Not required, since they were added to version 1. */
  private static final Set<ReportColumn> ADDED =
      EnumSet.of(
          ReportColumn.SAMPLED_EVERY,
          ReportColumn.SYSRET_SHARE_LOW,
          ReportColumn.SYSRET_SHARE_HIGH);

  @Test
  void theSchemaOfReportsIsMadeFromTheColumns() throws IOException {
    Path file = FOLDER.resolve("report-1.schema.json");
    String schema = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema()) + "\n";
    if (Boolean.getBoolean("schema.write")) {
      Files.writeString(file, schema);
    }
    assertThat(file)
        .as("run this test with -Dschema.write=true, and look at what that changes")
        .hasContent(schema);
  }

  @Test
  void theSchemaOfComparisonsHasOnEachSideTheColumnsThatOutcomesTell() throws IOException {
    JsonNode part =
        JSON.readTree(FOLDER.resolve("compare-1.schema.json").toFile()).at("/$defs/part");
    List<String> keys =
        Stream.concat(Stream.of(ReportColumn.WORKLOAD), ReportColumn.ofOutcomes().stream())
            .map(ReportColumn::key)
            .toList();
    assertThat(part.get("properties").fieldNames()).toIterable().isEqualTo(keys);
    assertThat(part.get("required")).extracting(JsonNode::textValue).isEqualTo(keys);
  }

  @Test
  void ownKernelsHaveTheSameKeysInBothSchemas() throws IOException {
    JsonNode report =
        JSON.readTree(FOLDER.resolve("report-1.schema.json").toFile())
            .at("/properties/recorded/items");
    JsonNode own = JSON.readTree(FOLDER.resolve("compare-1.schema.json").toFile()).at("/$defs/own");
    assertThat(own.get("required")).isEqualTo(report.get("required"));
    assertThat(own.get("properties").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(() -> report.get("properties").fieldNames());
  }

  private static ObjectNode schema() {
    ObjectNode root =
        JSON.createObjectNode()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("$id", "urn:sysret-replay:report:1")
            .put(
                "title",
                "What \"sysret-replay report\" and \"sysret-replay check\" print with --format json");
    ObjectNode top = object(root, "Keys may be added; nothing else changes in version 1.");
    root.set("required", texts(List.of("schema", "input", "rows")));
    top.putObject("schema").put("const", JsonReport.SCHEMA);
    input(top.putObject("input"));
    row(top.putObject("rows").put("type", "array").putObject("items"));
    recorded(top.putObject("recorded").put("type", "array"));
    leftOut(top.putObject("left_out").put("type", "array"));
    sampled(top.putObject("sampled").put("type", "array"));
    sites(top.putObject("sites"));
    return root;
  }

  /** Not required, since it was added to version 1. */
  private static void recorded(ObjectNode schema) {
    schema.put(
        "description", "What the kernels do that traces were recorded on; those that are known.");
    ObjectNode items = schema.putObject("items");
    ObjectNode properties =
        object(items, "The traces of one workload and one kernel, under the model of that kernel.");
    ArrayNode required = (ArrayNode) items.get("required");
    column(properties, required, ReportColumn.WORKLOAD);
    properties
        .putObject("kernel_release")
        .put("description", "As uname -r prints it; null where only the frames show the model.")
        .set("type", texts(List.of("string", "null")));
    required.add("kernel_release");
    column(properties, required, ReportColumn.MODEL);
    ReportColumn.ofOutcomes().forEach(it -> column(properties, required, it));
  }

  /** Not required, for the same reason. */
  private static void leftOut(ObjectNode schema) {
    schema
        .put(
            "description",
            "The ids of traces that are in no row: the model of each trace's own kernel is asked for,"
                + " and of these it is not known.")
        .putObject("items")
        .put("type", "string");
  }

  /** Not required: only a report with {@code --sites} has it. */
  private static void sites(ObjectNode schema) {
    ObjectNode sites = object(schema, "Where exits return to that miss; with --sites only.");
    text(sites, "model", "Who judged: a model's id, or auto where each trace has its own.");
    count(sites, "maps_left_out", "How many maps of code the traces had that were not kept.");
    ObjectNode items = sites.putObject("workloads").put("type", "array").putObject("items");
    schema.set("required", texts(List.of("model", "maps_left_out", "workloads")));
    ObjectNode workload = object(items, "The sites of one workload.");
    text(workload, "workload", ReportColumn.WORKLOAD.sentence());
    count(workload, "misses", "How many exits missed, wherever they returned to.");
    count(
        workload,
        "uncounted",
        "How many of these are in no site's count, since there are too many sites; 0 where every count is exact.");
    count(workload, "found", "How many sites are counted.");
    ObjectNode top = workload.putObject("top").put("type", "array").putObject("items");
    items.set("required", texts(List.of("workload", "misses", "uncounted", "found", "top")));
    site(top);
  }

  private static void site(ObjectNode schema) {
    ObjectNode site = object(schema, "A place that exits return to, the most frequent one first.");
    site.putObject("where")
        .put(
            "description",
            "What it is: a place in a file or in code that the kernel puts into every process; or an address of one process, in anonymous memory, where several files were, or where no map tells of any.")
        .set(
            "enum",
            texts(List.of("file", "kernel", "anonymous", "several", "stand_in", "unmapped")));
    textOrNull(site, "file", "The file as the kernel named it, or the name of the kernel's code.");
    textOrNull(site, "offset", "Where in it, in bytes from its start, as 0x and digits.");
    textOrNull(site, "trace", "Which trace's process an address is of.");
    site.putObject("pid")
        .put("description", "The process, where the recording has it.")
        .set("type", texts(List.of("integer", "null")));
    textOrNull(site, "address", "The address, as 0x and digits.");
    count(
        site,
        "misses",
        "How many exits returned to it and missed; at least so many where some are uncounted.");
    ObjectNode cause = site.putObject("main_cause").put("description", "The most frequent cause.");
    cause.set("enum", texts(ReportColumn.CAUSE.names()));
    ObjectNode causes =
        site.putObject("causes")
            .put(
                "description",
                "How many for each cause; causes of which there are none are left out.")
            .put("type", "object");
    causes.putObject("propertyNames").set("enum", texts(ReportColumn.CAUSE.names()));
    causes.putObject("additionalProperties").put("type", "integer").put("minimum", 1);
    schema.set(
        "required",
        texts(
            List.of(
                "where",
                "file",
                "offset",
                "trace",
                "pid",
                "address",
                "misses",
                "main_cause",
                "causes")));
  }

  private static void text(ObjectNode properties, String key, String description) {
    properties.putObject(key).put("description", description).put("type", "string");
  }

  private static void textOrNull(ObjectNode properties, String key, String description) {
    properties
        .putObject(key)
        .put("description", description)
        .set("type", texts(List.of("string", "null")));
  }

  private static void count(ObjectNode properties, String key, String description) {
    properties
        .putObject(key)
        .put("description", description)
        .put("type", "integer")
        .put("minimum", 0);
  }

  /** Makes the schema that of an object that may have further keys; returns its properties. */
  private static ObjectNode object(ObjectNode schema, String description) {
    schema.put("description", description).put("type", "object");
    schema.putArray("required");
    return schema.put("additionalProperties", true).putObject("properties");
  }

  private static void input(ObjectNode schema) {
    ObjectNode properties =
        object(
            schema,
            "Records of all inputs: seen = accepted + rejected + ignored; lost as the recorder said.");
    List<String> keys = List.of("seen", "accepted", "rejected", "ignored", "lost");
    schema.set("required", texts(keys));
    keys.forEach(it -> properties.putObject(it).put("type", "integer").put("minimum", 0));
  }

  /** Not required, since it was added to version 1. */
  private static void sampled(ObjectNode schema) {
    schema.put(
        "description",
        "The workloads of which not every event was recorded, as far as the traces tell.");
    ObjectNode items = schema.putObject("items");
    ObjectNode workload = object(items, "A workload, and how it was sampled.");
    text(workload, "workload", ReportColumn.WORKLOAD.sentence());
    count(workload, "every", "One event of so many was recorded; 0 where that varies.");
    count(workload, "exits", "How many of its exits are of a sample.");
    items.set("required", texts(List.of("workload", "every", "exits")));
  }

  private static void row(ObjectNode schema) {
    ObjectNode properties =
        object(schema, "One workload under one model, and one value of each column of --by.");
    ArrayNode required = (ArrayNode) schema.get("required");
    for (ReportColumn column : ReportColumn.values()) {
      column(properties, required, column);
    }
  }

  private static void column(ObjectNode properties, ArrayNode required, ReportColumn column) {
    ObjectNode property = properties.putObject(column.key()).put("description", column.sentence());
    if (column.unit() != ReportColumn.Unit.NONE) {
      property.put("x-unit", column.unit().symbol());
    }
    cell(property, column);
    if (column.isInEveryRow() && !ADDED.contains(column)) {
      required.add(column.key());
    }
  }

  private static void cell(ObjectNode property, ReportColumn column) {
    switch (column.type()) {
      case TEXT -> {
        type(property, "string", column);
        if (!column.names().isEmpty()) {
          ArrayNode names = texts(column.names());
          property.set("enum", column.canBeNull() ? names.addNull() : names);
        }
      }
      case NUMBER -> type(property, "integer", column);
      case COUNT -> {
        type(property, "integer", column);
        property.put("minimum", 0);
      }
      case SHARE -> {
        type(property, "number", column);
        property.put("minimum", 0).put("maximum", 1);
      }
      case COUNTS -> {
        type(property, "object", column);
        property.putObject("propertyNames").set("enum", texts(column.names()));
        property.putObject("additionalProperties").put("type", "integer").put("minimum", 1);
      }
    }
  }

  private static void type(ObjectNode property, String type, ReportColumn column) {
    if (column.canBeNull()) {
      property.set("type", texts(List.of(type, "null")));
    } else {
      property.put("type", type);
    }
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode array = JSON.createArrayNode();
    texts.forEach(array::add);
    return array;
  }
}
