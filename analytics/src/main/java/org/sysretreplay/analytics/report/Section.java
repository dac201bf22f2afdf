package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Tally;

/** The rows of one workload under one model; empty if the model judged no exit of it. */
record Section(String workload, String modelId, List<Report.Row> rows) {

  /**
   * All sections of a report, by workload and then by model, in the report's order. If each trace
   * has its own model, a workload has a section for each model of its traces.
   */
  static List<Section> all(Report report) {
    Map<String, Map<String, List<Report.Row>>> sections = new LinkedHashMap<>();
    for (String workload : report.workloads().keySet()) {
      Map<String, List<Report.Row>> models = new LinkedHashMap<>();
      models(report).forEach(it -> models.put(it, new ArrayList<>()));
      sections.put(workload, models);
    }
    for (Report.Row row : report.rows()) {
      sections
          .get(row.group().workload())
          .computeIfAbsent(row.group().modelId(), it -> new ArrayList<>())
          .add(row);
    }
    List<Section> all = new ArrayList<>();
    sections.forEach(
        (workload, models) ->
            models.forEach((model, rows) -> all.add(new Section(workload, model, rows))));
    return all;
  }

  /** The models for which every workload has a section, even an empty one. */
  private static List<String> models(Report report) {
    return report.question().models().isByTrace() ? List.of() : report.question().modelIds();
  }

  Tally total() {
    return Report.total(rows);
  }

  OutcomeCounts counts() {
    return OutcomeCounts.of(total());
  }
}
