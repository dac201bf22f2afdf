package org.sysretreplay.spark;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.sysretreplay.analytics.chart.Chart.Kind;
import org.sysretreplay.analytics.chart.Chart.Point;
import org.sysretreplay.analytics.chart.Chart.Scale;
import org.sysretreplay.analytics.report.ReportColumn;
import org.sysretreplay.spark.source.PlainValue;

/**
 * A chart of the rows of a report or of a query: {@code Chart.bars(report.rows(), "workload",
 * "hit_rate")}. Immutable; each method returns a new chart. Notebooks show it as a picture.
 *
 * <p>Shares are shown in percent: columns of doubles whose metadata has the unit {@code 1}, as in a
 * report, or whose numbers are all between 0 and 1.
 */
public final class Chart {

  /** A chart of more points than this would show nothing. */
  private static final int MOST_POINTS = 5_000;

  private final Kind kind;
  private final Dataset<Row> rows;
  private final String category;
  private final String value;
  private final String series;
  private final String title;
  private final String subtitle;

  private Chart(
      Kind kind,
      Dataset<Row> rows,
      String category,
      String value,
      String series,
      String title,
      String subtitle) {
    this.kind = kind;
    this.rows = rows;
    this.category = category;
    this.value = value;
    this.series = series;
    this.title = title;
    this.subtitle = subtitle;
  }

  /**
   * A bar for each row, from the top in the order of the rows.
   *
   * @param category the column with the names of the bars
   * @param value the column with their lengths
   */
  public static Chart bars(Dataset<Row> rows, String category, String value) {
    return new Chart(Kind.BARS, rows, category, value, "", value + " by " + category, "");
  }

  /**
   * A line through the rows, in the order of a column of numbers.
   *
   * @param category the column of numbers along which the line runs, such as {@code second}
   * @param value the column with its height
   */
  public static Chart lines(Dataset<Row> rows, String category, String value) {
    return new Chart(Kind.LINES, rows, category, value, "", value + " by " + category, "");
  }

  /**
   * Splits the chart by another column: bars are stacked by its values, and each value has its own
   * line.
   */
  public Chart by(String column) {
    return new Chart(kind, rows, category, value, column, title, subtitle);
  }

  /** Sets the title; the default is made from the names of the columns. */
  public Chart title(String text) {
    return new Chart(kind, rows, category, value, series, text, subtitle);
  }

  /** Sets the line below the title; the default is the total, unless the values are shares. */
  public Chart subtitle(String text) {
    return new Chart(kind, rows, category, value, series, title, text);
  }

  /**
   * The picture: one {@code svg} element without script, on white.
   *
   * @throws SysretReplayException if a column does not exist or has no numbers, if there are too
   *     many rows for a chart, if they cannot be computed, or if lets-plot is not on the class path
   */
  public String svg() {
    return Failures.toldOfRows(() -> Html.drawn(data()));
  }

  /** The picture and a table of its numbers, as HTML. */
  public String html() {
    return Html.chart(this);
  }

  /** The data of the chart. */
  org.sysretreplay.analytics.chart.Chart data() {
    StructField numbers = field(value);
    List<Point> points = points();
    Scale scale = isShare(numbers, points) ? Scale.SHARE : Scale.COUNT;
    String below = subtitle.isEmpty() ? total(scale, points) : subtitle;
    return new org.sysretreplay.analytics.chart.Chart(
        kind, title, below, category, series, value, scale, points);
  }

  private List<Point> points() {
    int at = index(category);
    int height = index(value);
    int kinds = series.isEmpty() ? -1 : index(series);
    List<Row> taken = rows.takeAsList(MOST_POINTS + 1);
    if (taken.size() > MOST_POINTS) {
      throw new SysretReplayException(
          String.format(
              Locale.ROOT,
              "a chart of more than %,d rows shows nothing; group them, or take a limit.",
              MOST_POINTS));
    }
    return taken.stream()
        .filter(row -> !row.isNullAt(height) && (kind == Kind.BARS || !row.isNullAt(at)))
        .map(
            row -> new Point(cell(row, at), kinds < 0 ? "" : name(row, kinds), number(row, height)))
        .toList();
  }

  private Object cell(Row row, int column) {
    return kind == Kind.LINES ? (Object) number(row, column) : name(row, column);
  }

  private static String name(Row row, int column) {
    return row.isNullAt(column) ? "not known" : PlainValue.of(row, column).toString();
  }

  private double number(Row row, int column) {
    if (row.get(column) instanceof Number number) {
      return number.doubleValue();
    }
    throw new SysretReplayException(
        "the column %s has no numbers, and a chart needs them there; choose another."
            .formatted(row.schema().fieldNames()[column]));
  }

  private StructField field(String column) {
    return rows.schema().fields()[index(column)];
  }

  private int index(String column) {
    String[] names = rows.schema().fieldNames();
    return IntStream.range(0, names.length)
        .filter(it -> names[it].equals(column))
        .findFirst()
        .orElseThrow(
            () ->
                new SysretReplayException(
                    "there is no column %s; there are %s."
                        .formatted(column, String.join(", ", names))));
  }

  private static boolean isShare(StructField field, List<Point> points) {
    Metadata metadata = field.metadata();
    if (metadata.contains(ReportRows.UNIT)) {
      return metadata.getString(ReportRows.UNIT).equals(ReportColumn.Unit.ONE.symbol());
    }
    return field.dataType().typeName().equals("double")
        && points.stream().allMatch(it -> it.value() >= 0 && it.value() <= 1);
  }

  private static String total(Scale scale, List<Point> points) {
    if (scale == Scale.SHARE || points.isEmpty()) {
      return "";
    }
    double sum = points.stream().mapToDouble(Point::value).sum();
    return String.format(Locale.ROOT, "%,d in all", Math.round(sum));
  }

  /** The title and the numbers, for programs that cannot show pictures. */
  @Override
  public String toString() {
    return title + Collections.singletonList(data().points());
  }
}
