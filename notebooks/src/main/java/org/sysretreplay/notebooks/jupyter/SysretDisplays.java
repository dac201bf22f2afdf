package org.sysretreplay.notebooks.jupyter;

import java.util.List;
import java.util.function.Function;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;
import org.sysretreplay.notebooks.cells.Display;

/** Shows rows as tables, charts as pictures and reports as text if a cell ends with them. */
public final class SysretDisplays implements DisplayProvider {

  private static final String HTML = "text/html";
  private static final String SVG = "image/svg+xml";

  /** For the kernel's service loader. */
  public SysretDisplays() {}

  @Override
  public List<DisplayRenderer> getDisplayRenderers() {
    return Display.byType().entrySet().stream()
        .<DisplayRenderer>map(it -> new Renderer(it.getKey(), it.getValue()))
        .toList();
  }

  @Override
  public List<DisplayTransformer> getDisplayTransformers() {
    return List.of();
  }

  private static DisplayData shown(Display display) {
    if (display instanceof Display.Table table) {
      return of("rows", HTML, table.html());
    }
    if (display instanceof Display.Picture picture) {
      return of("a chart", SVG, picture.svg());
    }
    return DisplayData.fromText(((Display.Text) display).text());
  }

  /** The kernel does not know SVG, but passes on any type of data. */
  private static DisplayData of(String name, String mime, String content) {
    DisplayData shown = DisplayData.fromText(name);
    shown.putData(mime, content);
    return shown;
  }

  /** Shows the values of a type in one way, whatever MIME type is asked for. */
  private record Renderer(Class<?> type, Function<Object, Display> look)
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
      return shown(look.apply(value));
    }
  }
}
