package org.sysretreplay.analytics.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sysretreplay.analytics.JsonText;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.OwnKernel;
import org.sysretreplay.analytics.SampledWorkloads;
import org.sysretreplay.ingest.trace.Counts;

/**
 * The report as JSON, version 1. The contract is the schema {@code report-1.schema.json} beside
 * this class; keys may be added to it, and any other change needs a new version.
 */
public final class JsonReport {

  /** The value of the key {@code schema}. */
  public static final String SCHEMA = "sysret-replay/report/1";

  private static final ObjectMapper JSON = new ObjectMapper(JsonText.factory());

  private JsonReport() {}

  /** The report as one JSON text with a line feed at its end. */
  public static String render(Report report) {
    return render(report, Optional.empty());
  }

  /**
   * The same, and where exits return to that miss.
   *
   * @param sites empty where nobody asks for them
   */
  public static String render(Report report, Optional<TopSites> sites) {
    ObjectNode tree = tree(report);
    sites.ifPresent(it -> tree.set("sites", SitesJson.tree(it)));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private static ObjectNode tree(Report report) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.set("input", input(report.input()));
    ArrayNode rows = root.putArray("rows");
    List<ReportColumn> columns = ReportColumn.of(report.question().by());
    report.cells().forEach(row -> rows.add(row(columns, row)));
    root.set("recorded", recorded(report.own()));
    root.set("left_out", leftOut(report.question().unjudged()));
    root.set("sampled", sampled(report.intake().sampled()));
    return root;
  }

  /** The ids of traces that no model judged. */
  static ArrayNode leftOut(Collection<String> traceIds) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    traceIds.forEach(array::add);
    return array;
  }

  /** What became of an input's records. */
  static ObjectNode input(Counts counts) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("seen", counts.seen())
        .put("accepted", counts.accepted())
        .put("rejected", counts.rejected())
        .put("ignored", counts.ignored())
        .put("lost", counts.lost());
  }

  /** The workloads of which not every event was recorded. */
  static ArrayNode sampled(SampledWorkloads sampled) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    sampled
        .byWorkload()
        .forEach(
            (workload, it) ->
                array
                    .addObject()
                    .put(ReportColumn.WORKLOAD.key(), workload)
                    .put("every", it.sampling().every())
                    .put(ReportColumn.EXITS.key(), it.exits()));
    return array;
  }

  /** What the kernels do that traces were recorded on. */
  static ArrayNode recorded(Map<OwnKernel, OutcomeCounts> own) {
    ArrayNode recorded = JsonNodeFactory.instance.arrayNode();
    own.forEach((kernel, counts) -> recorded.add(own(kernel, counts)));
    return recorded;
  }

  private static ObjectNode own(OwnKernel kernel, OutcomeCounts counts) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put(ReportColumn.WORKLOAD.key(), kernel.workload())
            .put("kernel_release", kernel.release().isEmpty() ? null : kernel.release())
            .put(ReportColumn.MODEL.key(), kernel.modelId());
    ReportColumn.ofOutcomes().forEach(it -> node.set(it.key(), JSON.valueToTree(it.cell(counts))));
    return node;
  }

  private static ObjectNode row(List<ReportColumn> columns, ReportColumn.Row row) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    columns.forEach(it -> node.set(it.key(), JSON.valueToTree(it.cell(row))));
    return node;
  }
}
