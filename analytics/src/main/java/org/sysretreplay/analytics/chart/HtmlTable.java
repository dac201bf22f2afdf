package org.sysretreplay.analytics.chart;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes rows as an HTML table. Cells are escaped; numbers are aligned to the right, whole numbers
 * with commas between the thousands.
 */
public final class HtmlTable {

  private HtmlTable() {}

  /**
   * The table: one {@code table} element, and a line below it if there are more rows.
   *
   * @param columns the names of the columns
   * @param rows a cell for each column: a text, a number, a list, a map, or null
   * @param more whether there are more rows than these
   */
  public static String of(List<String> columns, List<? extends List<?>> rows, boolean more) {
    String head =
        columns.stream()
            .map(it -> "<th scope=\"col\">" + SafeText.escaped(it) + "</th>")
            .collect(Collectors.joining("", "<thead><tr>", "</tr></thead>"));
    String body =
        rows.stream()
            .map(HtmlTable::row)
            .collect(Collectors.joining("\n", "<tbody>\n", "\n</tbody>"));
    String rest =
        more
            ? String.format(
                Locale.ROOT, "\n<p>The first %,d rows; there are more.</p>", rows.size())
            : "";
    return "<table>\n" + head + "\n" + body + "\n</table>" + rest;
  }

  /** The numbers of a chart, one row for each point. */
  public static String of(Chart chart) {
    List<String> columns =
        chart.hasSeries()
            ? List.of(chart.category(), chart.series(), chart.value())
            : List.of(chart.category(), chart.value());
    List<List<?>> rows = chart.points().stream().<List<?>>map(it -> cells(chart, it)).toList();
    return of(columns, rows, false);
  }

  private static List<?> cells(Chart chart, Chart.Point point) {
    Object value = chart.scale() == Chart.Scale.COUNT ? number(point.value()) : point.value();
    return chart.hasSeries()
        ? List.of(point.category(), point.series(), value)
        : List.of(point.category(), value);
  }

  /** Whole numbers as such, all others with their fraction. */
  private static Object number(double value) {
    long whole = (long) value;
    return value == whole ? (Object) whole : (Object) value;
  }

  private static String row(List<?> cells) {
    return cells.stream().map(HtmlTable::cell).collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  private static String cell(Object value) {
    String align = value instanceof Number ? " style=\"text-align: right\"" : "";
    return "<td" + align + ">" + SafeText.escaped(text(value)) + "</td>";
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Long || value instanceof Integer) {
      return String.format(Locale.ROOT, "%,d", value);
    }
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, "%.4f", number);
    }
    if (value instanceof List<?> all) {
      return all.stream().map(HtmlTable::text).collect(Collectors.joining(", "));
    }
    if (value instanceof Map<?, ?> counts) {
      return counts.entrySet().stream()
          .map(it -> it.getKey() + " " + text(it.getValue()))
          .collect(Collectors.joining(", "));
    }
    return value.toString();
  }
}
