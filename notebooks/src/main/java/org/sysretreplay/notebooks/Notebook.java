package org.sysretreplay.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Jupyter notebook (nbformat 4).
 *
 * @param name the name of its file, without the ending
 * @param cells in their order
 */
public record Notebook(String name, List<Cell> cells) {

  private static final String ENDING = ".ipynb";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A cell.
   *
   * @param code whether it is code; if not, it is Markdown
   * @param outputs the outputs of its last run, in the form of nbformat
   */
  public record Cell(boolean code, String source, List<JsonNode> outputs) {}

  /** All notebooks of a folder, by name. */
  public static List<Notebook> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(it -> it.getFileName().toString().endsWith(ENDING))
          .sorted()
          .map(Notebook::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be listed", e);
    }
  }

  /** The notebook in a file. */
  public static Notebook read(Path file) {
    try {
      List<Cell> cells = new ArrayList<>();
      for (JsonNode cell : JSON.readTree(file.toFile()).path("cells")) {
        cells.add(cell(cell));
      }
      String name = file.getFileName().toString();
      return new Notebook(name.substring(0, name.length() - ENDING.length()), cells);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static Cell cell(JsonNode cell) {
    List<JsonNode> outputs = new ArrayList<>();
    cell.path("outputs").forEach(outputs::add);
    return new Cell(
        cell.path("cell_type").asText().equals("code"), text(cell.path("source")), outputs);
  }

  /** The text of a value that nbformat may have split into lines. */
  public static String text(JsonNode text) {
    if (!text.isArray()) {
      return text.asText();
    }
    StringBuilder whole = new StringBuilder();
    text.forEach(line -> whole.append(line.asText()));
    return whole.toString();
  }
}
