package org.sysretreplay.spark;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.analytics.page.HtmlPage;
import org.sysretreplay.analytics.page.PageReport;
import org.sysretreplay.analytics.report.CsvCells;
import org.sysretreplay.analytics.report.CsvReport;
import org.sysretreplay.analytics.report.JsonReport;
import org.sysretreplay.analytics.report.Screen;
import org.sysretreplay.analytics.report.TextReport;
import org.sysretreplay.analytics.report.TextReport.Layout;

/**
 * How exits returned to user space: a row for each workload, model and group. Immutable: it has the
 * counts of the time when it was asked for, whatever happens to the sources later.
 */
public final class Report {

  private final Session session;
  private final org.sysretreplay.analytics.report.Report answer;
  private final List<String> notes;
  private final Supplier<PageReport> page;

  /** A report of an answer; {@code page} asks for everything else that a page shows. */
  Report(
      Session session,
      org.sysretreplay.analytics.report.Report answer,
      List<String> notes,
      Supplier<PageReport> page) {
    this.session = session;
    this.answer = answer;
    this.notes = notes;
    this.page = page;
  }

  /**
   * The rows, by workload and model, then the groups with the most exits first. The columns are the
   * keys of a row in {@link #json}: {@code workload}, {@code model}, the columns grouped by, then
   * numbers of exits as {@code bigint}, shares from 0 to 1 as {@code double}, and counts by reason
   * and by cause as {@code map<string,bigint>}. Each column has its description as comment, and its
   * unit as {@code unit} in its metadata.
   */
  public Dataset<Row> rows() {
    ReportRows rows = new ReportRows(answer.question().by());
    return session.dataset(answer.cells().map(rows::row).toList(), rows.schema());
  }

  /**
   * The SYSRET share of each row with its Wilson interval, and whether it is odd: a share is odd if
   * its interval does not hold the median of the rows of its model. The columns are {@code
   * workload}, {@code model} and the columns grouped by, then {@code exits}, {@code sysret_share},
   * its interval {@code low} to {@code high}, {@code median}, and {@code odd}. The intervals are
   * widened for the number of rows: of all reports whose rows are alike, only one in twenty has an
   * odd row.
   */
  public Dataset<Row> intervals() {
    IntervalRows rows = new IntervalRows(answer);
    return session.dataset(rows.rows(), rows.schema());
  }

  /** What {@code report --format json} prints: the contract {@code sysret-replay/report/1}. */
  public String json() {
    return JsonReport.render(answer);
  }

  /** What {@code report --format csv} prints. */
  public String csv() {
    return CsvReport.render(answer, CsvCells.FOR_SPREADSHEETS);
  }

  /**
   * The text, 80 columns wide, that the command {@code report} prints for the same grouping. By
   * default the command groups by {@code entry}; this does not.
   */
  public String text() {
    return TextReport.render(answer, Layout.of(Screen.plain(true)));
  }

  /**
   * The page that {@code report --format html} writes: one file that needs no network. It shows
   * more than was counted, so the sources are read again.
   *
   * @throws SysretReplayException if the sources cannot be read, or have changed since
   */
  public String html() {
    return Failures.told(
        () -> {
          PageReport made = page.get();
          if (!made.agreesWith(answer)) {
            throw new SysretReplayException(
                "html(): the sources have changed since they were counted; ask for the report again.");
          }
          return HtmlPage.render(made, CostModel.DEFAULT, HtmlPage.Origin.PROGRAM);
        });
  }

  /** What became of the records of the sources. */
  public InputCounts input() {
    return InputCounts.of(answer.intake().counts());
  }

  /**
   * Notes on the answer, one sentence each: what was skipped, which models were chosen, why records
   * were rejected, and what the recorder lost.
   */
  public List<String> notes() {
    return notes;
  }

  /** The same as {@link #text}; notebooks show it. */
  @Override
  public String toString() {
    return text();
  }
}
