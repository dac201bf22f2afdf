package org.sysretreplay.analytics.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sysretreplay.analytics.Group;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.report.Report;

/**
 * Who judges what a page shows: one model, or each trace's own.
 *
 * @param label what a reader chooses it by
 * @param modelId the model; empty where each trace has its own
 */
record PageView(String label, String modelId) {

  /** Rows of one group, whoever judged them. */
  record Sum(Group group, Tally tally) {}

  /** The views that a question has, in the order asked for. */
  static List<PageView> of(Question question) {
    return question.models().isByTrace()
        ? List.of(new PageView("each trace's own kernel", ""))
        : question.modelIds().stream().map(it -> new PageView(it, it)).toList();
  }

  /** Those of the rows that it judged. */
  List<Report.Row> rows(List<Report.Row> all) {
    return modelId.isEmpty()
        ? all
        : all.stream().filter(row -> row.group().modelId().equals(modelId)).toList();
  }

  /** The rows that it judged, each group once, in their order. */
  List<Sum> sums(List<Report.Row> all) {
    Map<List<Object>, Sum> sums = new LinkedHashMap<>();
    for (Report.Row row : rows(all)) {
      sums.computeIfAbsent(row.group().by(), it -> new Sum(row.group(), new Tally()))
          .tally()
          .plus(row.tally());
    }
    return new ArrayList<>(sums.values());
  }
}
