package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a report comes to, over all of its workloads.
 *
 * @param byTrace whether every trace was judged by the kernel that it was recorded on; there is one
 *     finding then
 * @param all one for each model in the order in which they were asked for; models of which it is
 *     the same have one
 */
public record Findings(boolean byTrace, List<OfModels> all) {

  public Findings {
    all = List.copyOf(all);
  }

  /** What a report comes to under some models, alike under each. */
  public record OfModels(List<String> modelIds, Finding finding) {

    public OfModels {
      modelIds = List.copyOf(modelIds);
    }
  }

  /** What the report comes to. */
  public static Findings of(Report report) {
    List<String> ids = report.question().modelIds();
    if (report.question().models().isByTrace()) {
      return new Findings(
          true,
          List.of(
              new OfModels(ids, Finding.of(Report.total(report.rows()), report.isOneSample()))));
    }
    Map<Finding, List<String>> models = new LinkedHashMap<>();
    for (String id : ids) {
      Finding finding = Finding.of(Report.total(report.rowsUnder(id)), report.isOneSample());
      models.computeIfAbsent(finding, it -> new ArrayList<>()).add(id);
    }
    return new Findings(
        false,
        models.entrySet().stream().map(it -> new OfModels(it.getValue(), it.getKey())).toList());
  }

  /** The same as sentences, one for each finding; shorter ones where several models judged. */
  public List<String> sentences() {
    boolean several = !byTrace && all.stream().mapToInt(it -> it.modelIds().size()).sum() > 1;
    return all.stream().map(it -> sentence(it, several)).toList();
  }

  private String sentence(OfModels of, boolean several) {
    String models = String.join(", ", of.modelIds());
    if (of.finding().outcomes().exits() == 0) {
      return Sentences.capital(of.finding().sentence()) + ".";
    }
    if (several) {
      return "%s: %s.".formatted(models, of.finding().brief());
    }
    return "%s %s."
        .formatted(
            byTrace ? "By the kernel that each trace was recorded on," : "Under " + models + ",",
            of.finding().sentence());
  }
}
