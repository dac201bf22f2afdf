package org.sysretreplay.analytics.chart;

import java.util.List;

/**
 * What a chart shows, and nothing of how it is drawn.
 *
 * @param subtitle totals and units, so that a picture says of how many it speaks
 * @param category what the points stand along: the name of a column
 * @param series what the points are told apart by; empty where they are all of one kind
 * @param value what the numbers are: the name of a column
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
    /** A bar for each category, in which the series follow each other. */
    BARS,
    /** A line for each series, along categories that are numbers. */
    LINES
  }

  /** What the numbers are. */
  public enum Scale {
    /** How many, from zero on. */
    COUNT,
    /** A share, from 0 to 1. */
    SHARE
  }

  /**
   * One number.
   *
   * @param category a {@code String} or a {@code Number}; of lines always the latter
   * @param series empty where the chart has no series
   */
  public record Point(Object category, String series, double value) {}

  public Chart {
    points = List.copyOf(points);
  }

  /** Whether points are told apart by anything but their category. */
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
