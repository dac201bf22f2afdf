package org.sysretreplay.analytics.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.ingest.trace.Counts;

/**
 * The report as JSON, version 1. The contract is the schema {@code report-1.schema.json} beside
 * this class; a change of it needs a new version.
 */
public final class JsonReport {

  /** The value of the key {@code schema}. */
  public static final String SCHEMA = "sysret-replay/report/1";

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonReport() {}

  /** The report as one JSON text with a line feed at its end. */
  public static String render(Report report) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree(report)) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private static ObjectNode tree(Report report) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.set("input", input(report.input()));
    ArrayNode rows = root.putArray("rows");
    report.rows().forEach(row -> rows.add(row(report, row)));
    return root;
  }

  private static ObjectNode input(Counts counts) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("seen", counts.seen())
        .put("accepted", counts.accepted())
        .put("rejected", counts.rejected())
        .put("ignored", counts.ignored())
        .put("lost", counts.lost());
  }

  private static ObjectNode row(Report report, Report.Row row) {
    Tally tally = row.tally();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("workload", row.group().workload()).put("model", row.group().modelId());
    for (int i = 0; i < report.question().by().size(); i++) {
      putValue(node, report.question().by().get(i), row.group().by().get(i));
    }
    node.put("exits", tally.exits())
        .put("checked", tally.checked())
        .put("sysret", tally.count(Outcome.SYSRET))
        .put("iret_miss", tally.count(Outcome.IRET_MISS))
        .put("iret_route", tally.count(Outcome.IRET_ROUTE))
        .put("fast_sysret", tally.count(Outcome.FAST_SYSRET))
        .put("eretu", tally.count(Outcome.ERETU));
    tally
        .hitRate()
        .value()
        .ifPresentOrElse(rate -> node.put("hit_rate", rate), () -> node.putNull("hit_rate"));
    node.set("first_miss", counts(tally.firstMisses()));
    node.set("any_miss", counts(tally.anyMisses()));
    node.set("cause", counts(tally.causes()));
    return node;
  }

  private static void putValue(ObjectNode node, GroupColumn column, Object value) {
    if (value instanceof Long number) {
      node.put(column.key(), number);
    } else {
      node.put(column.key(), (String) value);
    }
  }

  private static <E extends Enum<E>> ObjectNode counts(Map<E, Long> counts) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    counts.forEach((constant, count) -> node.put(constant.name(), count));
    return node;
  }
}
