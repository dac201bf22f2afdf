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
 * A view that a reader of a page can choose: the verdicts of one model, or of each trace's own.
 *
 * @param label the text by which the reader chooses it
 * @param modelId the model; empty if each trace has its own
 */
record PageView(String label, String modelId) {

  /** The sum of a group's rows over all models of a view. */
  record Sum(Group group, Tally tally) {}

  /** The views of a question, in the order of its models. */
  static List<PageView> of(Question question) {
    return question.models().isByTrace()
        ? List.of(new PageView("each trace's own kernel", ""))
        : question.modelIds().stream().map(it -> new PageView(it, it)).toList();
  }

  /** The rows that belong to this view. */
  List<Report.Row> rows(List<Report.Row> all) {
    return modelId.isEmpty()
        ? all
        : all.stream().filter(row -> row.group().modelId().equals(modelId)).toList();
  }

  /** The rows of this view summed by group, in their order. */
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
