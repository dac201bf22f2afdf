package org.sysretreplay.analytics.chart;

import java.util.List;

/**
 * The data of a chart, independent of how it is drawn.
 *
 * @param subtitle totals and units, so that the picture says how many exits it is about
 * @param category the name of the column along which the points are placed
 * @param series the name of the column that tells lines or colours apart; empty if there is only
 *     one
 * @param value the name of the column of the numbers
 * @param points in the order in which they are shown
 */
public record Chart(
    Kind kind,
    String title,
    String subtitle,
    String category,
    String series,
    String value,
    Scale scale,
    List<Point> points) {

  /** How points are drawn. */
  public enum Kind {
    /** A bar for each category, stacked by series. */
    BARS,
    /** A line for each series; categories are numbers. */
    LINES
  }

  /** The scale of the numbers. */
  public enum Scale {
    /** Counts, from zero up. */
    COUNT,
    /** A share, from 0 to 1. */
    SHARE
  }

  /**
   * One number.
   *
   * @param category a {@code String} or a {@code Number}; for lines always a number
   * @param series empty if the chart has no series
   */
  public record Point(Object category, String series, double value) {}

  public Chart {
    points = List.copyOf(points);
  }

  /** Whether the chart has several series. */
  public boolean hasSeries() {
    return !series.isEmpty();
  }

  /** All categories, each once. */
  List<Object> categories() {
    return points.stream().map(Point::category).distinct().toList();
  }

  /** All series, each once. */
  List<String> allSeries() {
    return points.stream().map(Point::series).distinct().toList();
  }
}
