package org.sysretreplay.notebooks.jupyter;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;
import org.sysretreplay.spark.Chart;
import org.sysretreplay.spark.Comparison;
import org.sysretreplay.spark.Html;
import org.sysretreplay.spark.InputCounts;
import org.sysretreplay.spark.Report;

/** Shows rows as tables, charts as pictures and reports as text where a cell ends with them. */
public final class SysretDisplays implements DisplayProvider {

  private static final String HTML = "text/html";
  private static final String SVG = "image/svg+xml";

  /** For the kernel, which finds it as a service. */
  public SysretDisplays() {}

  @Override
  public List<DisplayRenderer> getDisplayRenderers() {
    return List.of(
        new Renderer<>(Dataset.class, SysretDisplays::rows),
        new Renderer<>(Chart.class, it -> of("a chart", SVG, it.svg())),
        new Renderer<>(Report.class, it -> DisplayData.fromText(it.text())),
        new Renderer<>(Comparison.class, it -> DisplayData.fromText(it.text())),
        new Renderer<>(InputCounts.class, it -> DisplayData.fromText(it.toString())),
        new Renderer<>(String.class, DisplayData::fromText));
  }

  @Override
  public List<DisplayTransformer> getDisplayTransformers() {
    return List.of();
  }

  private static DisplayData rows(Dataset<?> rows) {
    return of("rows", HTML, Html.table(rows.toDF()));
  }

  /** The kernel knows no SVG, but hands on what it is given. */
  private static DisplayData of(String name, String mime, String content) {
    DisplayData shown = DisplayData.fromText(name);
    shown.putData(mime, content);
    return shown;
  }

  /** Shows values of a type in one way, whatever way is asked for. */
  private record Renderer<T>(Class<T> type, Function<T, DisplayData> shown)
      implements DisplayRenderer {

    @Override
    public Class<?> rendererClass() {
      return type;
    }

    @Override
    public boolean canRender(String mime) {
      return true;
    }

    @Override
    public DisplayData render(String mime, Object value) {
      return shown.apply(type.cast(value));
    }
  }
}
