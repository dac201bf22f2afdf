package org.sysretreplay.spark;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sysretreplay.analytics.chart.HtmlTable;
import org.sysretreplay.analytics.chart.Svg;
import org.sysretreplay.spark.source.PlainValue;

/** Writes rows and charts as HTML, for notebooks and pages. Cells are escaped. */
public final class Html {

  /** The most rows that are shown; a line below them says if there are more. */
  private static final int MOST_ROWS = 100;

  private Html() {}

  /**
   * A table of the first hundred rows, and a line if there are more.
   *
   * @throws SysretReplayException if the rows cannot be computed
   */
  public static String table(Dataset<Row> rows) {
    return Failures.toldOfRows(() -> tableOf(rows));
  }

  private static String tableOf(Dataset<Row> rows) {
    List<Row> taken = rows.takeAsList(MOST_ROWS + 1);
    List<List<Object>> cells = taken.stream().limit(MOST_ROWS).map(Html::cells).toList();
    return HtmlTable.of(List.of(rows.columns()), cells, taken.size() > MOST_ROWS);
  }

  private static List<Object> cells(Row row) {
    return IntStream.range(0, row.size()).mapToObj(it -> PlainValue.of(row, it)).toList();
  }

  /**
   * A figure with the chart, and a table of its numbers that can be opened.
   *
   * @throws SysretReplayException if its rows cannot be computed or drawn
   */
  public static String chart(Chart chart) {
    return Failures.toldOfRows(() -> figure(chart.data()));
  }

  private static String figure(org.sysretreplay.analytics.chart.Chart chart) {
    return """
        <figure>
        %s
        <details><summary>The numbers</summary>
        %s
        </details>
        </figure>"""
        .formatted(drawn(chart), HtmlTable.of(chart));
  }

  /** The library that draws is larger than this whole jar, and not in it. */
  static String drawn(org.sysretreplay.analytics.chart.Chart chart) {
    try {
      return Svg.of(chart);
    } catch (NoClassDefFoundError e) {
      throw new SysretReplayException(
          "a chart needs lets-plot, which is not on the class path; add --packages"
              + " org.jetbrains.lets-plot:lets-plot-common:4.1.0,io.github.microutils:kotlin-logging-jvm:2.0.5.");
    }
  }
}
