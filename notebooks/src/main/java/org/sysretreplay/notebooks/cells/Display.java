package org.sysretreplay.notebooks.cells;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.sysretreplay.spark.Chart;
import org.sysretreplay.spark.Comparison;
import org.sysretreplay.spark.Html;
import org.sysretreplay.spark.InputCounts;
import org.sysretreplay.spark.Report;

/** How a value is shown if a cell ends with it. */
public sealed interface Display {

  /** Rows, as an element of HTML. */
  record Table(String html) implements Display {}

  /** A chart, as an element of SVG. */
  record Picture(String svg) implements Display {}

  /** Lines of text. */
  record Text(String text) implements Display {}

  /** How values are shown, by their type; no type here is a subtype of another. */
  static Map<Class<?>, Function<Object, Display>> byType() {
    Map<Class<?>, Function<Object, Display>> looks = new LinkedHashMap<>();
    looks.put(Dataset.class, it -> new Table(Html.table(((Dataset<?>) it).toDF())));
    looks.put(Chart.class, it -> new Picture(((Chart) it).svg()));
    looks.put(Report.class, it -> new Text(((Report) it).text()));
    looks.put(Comparison.class, it -> new Text(((Comparison) it).text()));
    looks.put(InputCounts.class, it -> new Text(it.toString()));
    looks.put(String.class, it -> new Text((String) it));
    return looks;
  }

  /** How a value is shown, if its type is one of these. */
  static Optional<Display> of(Object value) {
    return byType().entrySet().stream()
        .filter(it -> it.getKey().isInstance(value))
        .findFirst()
        .map(it -> it.getValue().apply(value));
  }
}
