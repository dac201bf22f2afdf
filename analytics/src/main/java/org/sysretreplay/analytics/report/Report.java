package org.sysretreplay.analytics.report;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Group;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.OwnKernel;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Sampling;

/**
 * An answer as rows in the order in which they are shown: by workload, then by model, then the
 * groups with the most exits first; if they are grouped by time, in order of time.
 *
 * @param own the outcomes by the kernels that the traces were recorded on
 * @param workloads the length of the traces of each workload in nanoseconds, by the workload's
 *     name, including workloads without a row
 */
public record Report(
    Question question,
    Intake intake,
    Map<OwnKernel, OutcomeCounts> own,
    Map<String, Long> workloads,
    List<Row> rows) {

  /** One group and its counts. */
  public record Row(Group group, Tally tally) {}

  /**
   * The report of an answer.
   *
   * @throws IllegalStateException if its tallies do not add up to the exits of the input
   */
  public static Report of(Question question, Answer<TallyTable> answer) {
    List<Row> rows =
        answer.table().tallies().entrySet().stream()
            .map(entry -> new Row(entry.getKey(), entry.getValue()))
            .sorted(order(question))
            .toList();
    rows.forEach(row -> row.tally().verify());
    answer.table().own().values().forEach(Tally::verify);
    verifyWhole(question, rows, answer);
    TallyTable table = answer.table();
    return new Report(question, answer.intake(), table.ownOutcomes(), workloads(table), rows);
  }

  /**
   * Checks that every model judged every exit once; or one model did, if each trace has its own.
   */
  private static void verifyWhole(Question question, List<Row> rows, Answer<TallyTable> answer) {
    long recorded = answer.intake().counts().exits();
    long judging = question.models().isByTrace() ? 1 : question.modelIds().size();
    long exits = total(rows).exits();
    if (exits != recorded * judging) {
      throw new IllegalStateException(
          "%d models judged %d exits of %d".formatted(judging, exits, recorded));
    }
  }

  private static Comparator<Row> order(Question question) {
    Optional<GroupColumn> time = question.by().stream().filter(GroupColumn::isTime).findFirst();
    int at = time.map(question.by()::indexOf).orElse(-1);
    return Comparator.comparing((Row row) -> row.group().workload())
        .thenComparing(row -> question.modelIds().indexOf(row.group().modelId()))
        .thenComparing(row -> at < 0 ? null : row.group().by().get(at), Report::compareValue)
        .thenComparing(row -> -row.tally().exits())
        .thenComparing(row -> row.group().by(), Report::compareValues);
  }

  private static int compareValues(List<Object> left, List<Object> right) {
    for (int i = 0; i < left.size(); i++) {
      int order = compareValue(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Numbers by size, texts alphabetically, unknown values last. */
  private static int compareValue(Object left, Object right) {
    if (left == null || right == null) {
      return Boolean.compare(left == null, right == null);
    }
    return left instanceof Long number && right instanceof Long other
        ? Long.compare(number, other)
        : left.toString().compareTo(right.toString());
  }

  private static Map<String, Long> workloads(TallyTable table) {
    Map<String, Long> nanos = new TreeMap<>();
    table.workloads().forEach(it -> nanos.put(it, table.nanos(it)));
    return Collections.unmodifiableMap(nanos);
  }

  /** The sum of some rows. */
  public static Tally total(List<Row> rows) {
    Tally total = new Tally();
    rows.forEach(row -> total.plus(row.tally()));
    return total;
  }

  /**
   * The same report with only the workloads of a ranking, in its order; the intake stays that of
   * all.
   */
  public Report shown(Ranking ranking) {
    return ranking.equals(Ranking.USUAL) ? this : of(ranking.shown(this));
  }

  /** The same report with only these workloads, in this order. */
  Report of(List<String> names) {
    Map<String, Long> some = new LinkedHashMap<>();
    names.forEach(it -> some.put(it, workloads.get(it)));
    Map<String, List<Row>> byWorkload =
        rows.stream().collect(Collectors.groupingBy(it -> it.group().workload()));
    List<Row> its =
        names.stream().flatMap(it -> byWorkload.getOrDefault(it, List.of()).stream()).toList();
    return new Report(question, intake, own, Collections.unmodifiableMap(some), its);
  }

  /** The same report with only the workloads that {@code shown} does not have. */
  Report without(Report shown) {
    return of(workloads.keySet().stream().filter(it -> !shown.workloads.containsKey(it)).toList());
  }

  /** The models that judged any of it; all models, unless each trace has its own. */
  List<String> judging() {
    return question.modelIds().stream()
        .filter(it -> !question.models().isByTrace() || !rowsUnder(it).isEmpty())
        .toList();
  }

  /** The rows that a model judged. */
  List<Row> rowsUnder(String modelId) {
    return rows.stream().filter(row -> row.group().modelId().equals(modelId)).toList();
  }

  /** The rows in the form that {@link ReportColumn} takes its cells from. */
  public Stream<ReportColumn.Row> cells() {
    return rows.stream()
        .map(
            row ->
                new ReportColumn.Row(
                    question.by(),
                    row.group(),
                    row.tally(),
                    intake.sampled().of(row.group().workload())));
  }

  /** Whether exits of a workload are of a sample. */
  boolean isSampled(String workload) {
    return intake.sampled().of(workload).isPresent();
  }

  /** Whether all of its workloads are samples of one rate, so that their sum is one, too. */
  boolean isOneSample() {
    List<Optional<Sampling>> rates =
        workloads.keySet().stream().map(intake.sampled()::of).distinct().toList();
    return rates.size() == 1 && rates.get(0).isPresent();
  }

  /** The counts of the input's records. */
  Counts input() {
    return intake.counts();
  }
}
