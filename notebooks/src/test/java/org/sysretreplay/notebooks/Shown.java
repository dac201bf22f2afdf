package org.sysretreplay.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.sysretreplay.notebooks.jupyter.SysretDisplays;

/**
 * The output of a cell by its type, from its last value or from a notebook. A trace's id ends in
 * digits of the path of its file, which differ between checkouts: they are masked.
 */
public record Shown(Map<String, String> content) {

  private static final Shown NOTHING = new Shown(Map.of());
  private static final Pattern DIGITS_OF_A_PATH = Pattern.compile("(?<=\\.data-)[0-9a-f]{8}\\b");

  /** The output that the kernel makes of a value. */
  static Shown of(Object value) {
    if (value == null) {
      return NOTHING;
    }
    return new SysretDisplays()
        .getDisplayRenderers().stream()
            .filter(it -> it.rendererClass().isInstance(value))
            .findFirst()
            .map(it -> of(it.render(null, value)))
            .orElseThrow(() -> new AssertionError("nothing shows a " + value.getClass()));
  }

  private static Shown of(DisplayData data) {
    Map<String, String> content = new TreeMap<>();
    data.data().forEach((type, text) -> content.put(type, masked(Objects.toString(text))));
    return new Shown(content);
  }

  /**
   * The output that a notebook keeps of a cell; a cell that printed or failed has more than a
   * value.
   */
  static Shown of(List<JsonNode> outputs) {
    Map<String, String> content = new TreeMap<>();
    for (JsonNode output : outputs) {
      if (!output.path("output_type").asText().equals("execute_result")) {
        throw new AssertionError("a cell shows more than its value: " + output);
      }
      output
          .path("data")
          .properties()
          .forEach(it -> content.put(it.getKey(), masked(Notebook.text(it.getValue()))));
    }
    return new Shown(content);
  }

  /** A text without what differs between checkouts. */
  public static String masked(String text) {
    return DIGITS_OF_A_PATH.matcher(text).replaceAll("########");
  }
}
