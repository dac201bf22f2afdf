package org.sysretreplay.analytics.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;
import org.sysretreplay.analytics.chart.Chart.Kind;
import org.sysretreplay.analytics.chart.Chart.Point;
import org.sysretreplay.analytics.chart.Chart.Scale;
import org.sysretreplay.ingest.trace.Printable;

/**
 * Draws charts with lets-plot as static SVG on white, which is readable in light and dark themes
 * and in print. The same chart gives the same text on every machine, since no fonts are measured.
 */
public final class Svg {

  /** The colours of Okabe and Ito, which colour-blind people can tell apart, then those of Tol. */
  private static final List<String> COLOURS =
      List.of(
          "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999",
          "#000000", "#882255", "#44AA99", "#332288", "#DDCC77", "#AA4499", "#117733", "#661100");

  private static final int WIDTH = 760;
  private static final int AROUND_BARS = 110;
  private static final int BAR = 26;
  private static final int LINES_HEIGHT = 280;
  private static final int AROUND_LEGEND = 120;
  private static final int LEGEND_LINE = 24;

  private static final Pattern ID = Pattern.compile("id=\"([A-Za-z0-9]+)\"");

  private Svg() {}

  /** The picture: one {@code svg} element. */
  public static String of(Chart chart) {
    String drawn =
        PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(
            plot(chart),
            null,
            (width, height, pixels) -> {
              throw new IllegalStateException("a chart has no bitmap");
            },
            false);
    return withOwnIds(drawn)
        .replaceFirst(
            "<svg ",
            Matcher.quoteReplacement(
                "<svg role=\"img\" aria-label=\"%s\" "
                    .formatted(SafeText.escaped(chart.title() + ", " + chart.subtitle()))));
  }

  /**
   * Replaces the library's random ids by ones that follow from the content, so that output is
   * reproducible and the charts of a page do not clash.
   */
  private static String withOwnIds(String svg) {
    List<String> ids = ID.matcher(svg).results().map(it -> it.group(1)).distinct().toList();
    String nameless = named(svg, ids, "");
    return named(svg, ids, "chart-" + Integer.toHexString(nameless.hashCode()) + "-");
  }

  private static String named(String svg, List<String> ids, String prefix) {
    String named = svg;
    for (int i = 0; i < ids.size(); i++) {
      named = named.replaceAll("([\"#])%s\\b".formatted(ids.get(i)), "$1" + prefix + i);
    }
    return named;
  }

  private static Map<String, Object> plot(Chart chart) {
    Map<String, Object> plot = map("kind", "plot");
    plot.put("data", data(chart));
    plot.put("mapping", mapping(chart));
    plot.put("layers", list(layer(chart)));
    if (chart.kind() == Kind.BARS) {
      plot.put("coord", map("name", "flip"));
    }
    plot.put("ggtitle", title(chart));
    plot.put("scales", scales(chart));
    plot.put("theme", theme(chart));
    plot.put("ggsize", map("width", WIDTH, "height", height(chart)));
    return plot;
  }

  private static Map<String, Object> title(Chart chart) {
    Map<String, Object> title = map("text", Printable.line(chart.title()));
    if (!chart.subtitle().isEmpty()) {
      title.put("subtitle", Printable.line(chart.subtitle()));
    }
    return title;
  }

  private static Map<String, Object> data(Chart chart) {
    return map(
        "category", chart.points().stream().map(it -> coordinate(chart, it)).toList(),
        "series", chart.points().stream().map(it -> Printable.line(it.series())).toList(),
        "value", chart.points().stream().map(Point::value).toList());
  }

  private static Object coordinate(Chart chart, Point point) {
    return chart.kind() == Kind.BARS
        ? Printable.line(point.category().toString())
        : point.category();
  }

  private static Map<String, Object> mapping(Chart chart) {
    Map<String, Object> mapping = map("x", "category", "y", "value");
    if (chart.hasSeries()) {
      mapping.put(colour(chart), "series");
    }
    return mapping;
  }

  private static String colour(Chart chart) {
    return chart.kind() == Kind.BARS ? "fill" : "color";
  }

  private static Map<String, Object> layer(Chart chart) {
    Map<String, Object> layer =
        chart.kind() == Kind.BARS
            ? map("geom", "bar", "stat", "identity", "width", 0.75)
            : map("geom", "line", "size", 1.2);
    if (!chart.hasSeries()) {
      layer.put(colour(chart), COLOURS.get(0));
    }
    return layer;
  }

  private static List<Object> scales(Chart chart) {
    List<Object> scales = list(values(chart), categories(chart));
    if (chart.hasSeries()) {
      scales.add(colours(chart));
    }
    return scales;
  }

  private static Map<String, Object> values(Chart chart) {
    Map<String, Object> scale = map("aesthetic", "y", "name", chart.value());
    if (chart.scale() == Scale.SHARE) {
      scale.put("limits", list(0.0, 1.0));
      scale.put("breaks", list(0.0, 0.25, 0.5, 0.75, 1.0));
      scale.put("labels", list("0 %", "25 %", "50 %", "75 %", "100 %"));
    }
    return scale;
  }

  /** Bars are horizontal; the order is reversed so that the first is at the top. */
  private static Map<String, Object> categories(Chart chart) {
    Map<String, Object> scale = map("aesthetic", "x", "name", chart.category());
    if (chart.kind() == Kind.BARS) {
      List<Object> reversed = new ArrayList<>();
      chart.categories().forEach(it -> reversed.add(Printable.line(it.toString())));
      Collections.reverse(reversed);
      scale.put("discrete", true);
      scale.put("limits", reversed);
    }
    return scale;
  }

  private static Map<String, Object> colours(Chart chart) {
    List<Object> colours = new ArrayList<>();
    int count = chart.allSeries().size();
    for (int i = 0; i < count; i++) {
      colours.add(COLOURS.get(i % COLOURS.size()));
    }
    return map("aesthetic", colour(chart), "name", chart.series(), "values", colours);
  }

  private static Map<String, Object> theme(Chart chart) {
    Map<String, Object> white =
        map("name", "plot_background", "blank", false, "fill", "white", "color", "white");
    Map<String, Object> theme = map("name", "minimal", "plot_background", white);
    if (chart.hasSeries()) {
      theme.put("legend_position", "right");
    }
    return theme;
  }

  private static int height(Chart chart) {
    int drawn =
        chart.kind() == Kind.BARS ? AROUND_BARS + BAR * chart.categories().size() : LINES_HEIGHT;
    int legend = chart.hasSeries() ? AROUND_LEGEND + LEGEND_LINE * chart.allSeries().size() : 0;
    return Math.max(drawn, legend);
  }

  /** A mutable map, because the library changes what it is given. */
  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  private static List<Object> list(Object... elements) {
    return new ArrayList<>(List.of(elements));
  }
}
