package org.sysretreplay.spark;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sysretreplay.analytics.page.ComparisonPage;
import org.sysretreplay.analytics.page.HtmlPage;
import org.sysretreplay.analytics.report.ComparisonCsv;
import org.sysretreplay.analytics.report.ComparisonJson;
import org.sysretreplay.analytics.report.ComparisonMarkdown;
import org.sysretreplay.analytics.report.ComparisonText;
import org.sysretreplay.analytics.report.CsvCells;
import org.sysretreplay.analytics.report.Gate;

/**
 * Two runs, or two models over the same run, side by side: a row for each workload. Immutable: it
 * has the counts of the time when it was asked for, whatever happens to the sources later.
 */
public final class Comparison {

  private static final int MOST_POINTS = 100;

  private final Session session;
  private final org.sysretreplay.analytics.report.Comparison answer;
  private final List<String> notes;

  Comparison(
      Session session, org.sysretreplay.analytics.report.Comparison answer, List<String> notes) {
    this.session = session;
    this.answer = answer;
    this.notes = notes;
  }

  /**
   * The workloads by name, including those that only one side has. The columns are the keys of a
   * row in {@link #json}: objects are structs, lists are arrays of structs, numbers of exits are
   * {@code bigint}, shares from 0 to 1 and percentage points are {@code double}. Each column has
   * its description as comment.
   */
  public Dataset<Row> rows() {
    ContractRows rows = ContractRows.ofComparison();
    return session.dataset(rows.rows(json()), rows.schema());
  }

  /** What {@code compare --format json} prints: the contract {@code sysret-replay/compare/1}. */
  public String json() {
    return ComparisonJson.render(answer);
  }

  /** What {@code compare --format csv} prints. */
  public String csv() {
    return ComparisonCsv.render(answer, CsvCells.FOR_SPREADSHEETS);
  }

  /** What {@code compare --format markdown} prints. */
  public String markdown() {
    return ComparisonMarkdown.render(answer);
  }

  /** The page that {@code compare --format html} writes: one file that needs no network. */
  public String html() {
    return ComparisonPage.render(answer, HtmlPage.Origin.PROGRAM);
  }

  /** The text, 80 columns wide, that the command {@code compare} prints. */
  public String text() {
    return ComparisonText.render(answer, false);
  }

  /**
   * The same comparison with a gate like that of {@code --fail-below}: {@link #regressions} then
   * tells what fell too far.
   *
   * @param points how far the share of exits that return by SYSRET may fall, in percentage points
   *     from 0 to 100
   * @throws SysretReplayException if the number is not in this range
   */
  public Comparison failBelow(double points) {
    if (!(points >= 0 && points <= MOST_POINTS)) {
      throw new SysretReplayException(
          "failBelow %s: this is no number of percentage points; give one from 0 to 100, such as 0.5."
              .formatted(points));
    }
    List<String> all = new ArrayList<>(notes);
    if (!answer.unjudged().isEmpty()) {
      all.add(
          "failBelow cannot judge what has exits on one side only: %s."
              .formatted(String.join(", ", answer.unjudged())));
    }
    return new Comparison(
        session,
        answer.with(new Gate(BigDecimal.valueOf(points).stripTrailingZeros(), false)),
        List.copyOf(all));
  }

  /**
   * What fell further than the gate allows: a sentence for each workload, and one for all together.
   * Empty if nothing did, or if there is no gate.
   */
  public List<String> regressions() {
    return answer.gate().map(Gate.Result::regressions).orElse(List.of()).stream()
        .map(it -> it.sentence() + ".")
        .toList();
  }

  /** What became of the records of the base's sources. */
  public InputCounts baseInput() {
    return InputCounts.of(answer.base().intake().counts());
  }

  /** What became of the records of the other side's sources. */
  public InputCounts otherInput() {
    return InputCounts.of(answer.other().intake().counts());
  }

  /** Notes on the answer, like those of a {@link Report#notes report}. */
  public List<String> notes() {
    return notes;
  }

  /** The same as {@link #text}; notebooks show it. */
  @Override
  public String toString() {
    return text();
  }
}
