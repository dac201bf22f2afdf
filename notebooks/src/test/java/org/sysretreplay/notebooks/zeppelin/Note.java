package org.sysretreplay.notebooks.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sysretreplay.notebooks.Notebook;
import org.sysretreplay.notebooks.Notebook.Cell;

/**
 * A note as Zeppelin keeps it.
 *
 * @param name of its file, without the ending
 */
record Note(String name, List<Paragraph> paragraphs) {

  static final String ENDING = ".zpln";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** SQL that a cell of Java ends with: texts in quotes, joined by plus. */
  private static final Pattern SQL =
      Pattern.compile(
          "(?s)(.*?)(?<=^|\\n)spark\\.sql\\((\"[^\"]*\"(?:\\s*\\+\\s*\"[^\"]*\")*)\\);\\s*");

  /** An end of a line within a paragraph of prose, which Zeppelin would show as one. */
  private static final Pattern WITHIN_PROSE = Pattern.compile("(?<=\\S)\\n(?![\\n#>|]|[*-] )\\s*");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  /**
   * A paragraph, which begins with the name of its interpreter.
   *
   * @param state how it ended
   * @param results what it showed
   */
  record Paragraph(String text, String state, List<Result> results) {

    private static Paragraph of(String interpreter, String text) {
      return new Paragraph("%" + interpreter + "\n" + text.strip(), "READY", List.of());
    }

    /** Whether it is prose: Zeppelin shows what such a text becomes, and not the text. */
    private boolean prose() {
      return text.startsWith("%md");
    }
  }

  /** One of the things that a paragraph shows. */
  record Result(String type, String data) {}

  /** The same as a notebook, not yet run: prose, Java, and SQL in paragraphs of its own. */
  static Note of(Notebook notebook) {
    return new Note(
        notebook.name(), notebook.cells().stream().flatMap(it -> of(it).stream()).toList());
  }

  private static List<Paragraph> of(Cell cell) {
    if (!cell.code()) {
      return List.of(Paragraph.of("md", WITHIN_PROSE.matcher(cell.source()).replaceAll(" ")));
    }
    Matcher sql = SQL.matcher(cell.source());
    if (!sql.matches()) {
      return List.of(Paragraph.of("sysret", cell.source()));
    }
    List<Paragraph> both = new ArrayList<>();
    if (!sql.group(1).isBlank()) {
      both.add(Paragraph.of("sysret", sql.group(1)));
    }
    both.add(Paragraph.of("sysret.sql", statement(sql.group(2))));
    return both;
  }

  private static String statement(String quoted) {
    return QUOTED
        .matcher(quoted)
        .results()
        .map(it -> it.group(1).stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  /** The note in a file. */
  static Note read(Path file) throws IOException {
    return of(JSON.readTree(file.toFile()));
  }

  /** A note as Zeppelin hands it out. */
  static Note of(JsonNode note) {
    List<Paragraph> paragraphs = new ArrayList<>();
    for (JsonNode paragraph : note.path("paragraphs")) {
      List<Result> results = new ArrayList<>();
      for (JsonNode result : paragraph.path("results").path("msg")) {
        results.add(new Result(result.path("type").asText(), result.path("data").asText()));
      }
      paragraphs.add(
          new Paragraph(
              paragraph.path("text").asText(), paragraph.path("status").asText(), results));
    }
    return new Note(note.path("name").asText(), paragraphs);
  }

  void write(Path file) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json());
  }

  /** The note's JSON for Zeppelin, without times and users, so that equal notes are equal files. */
  ObjectNode json() {
    ObjectNode note = JSON.createObjectNode().put("name", name).put("id", id());
    note.put("defaultInterpreterGroup", "sysret").put("version", "0.10.0");
    ArrayNode written = note.putArray("paragraphs");
    for (int i = 0; i < paragraphs.size(); i++) {
      write(paragraphs.get(i), written.addObject().put("id", "paragraph_%s_%d".formatted(id(), i)));
    }
    note.putObject("config").put("isZeppelinNotebookCronEnable", false);
    return note;
  }

  private static void write(Paragraph paragraph, ObjectNode written) {
    written.put("text", paragraph.text()).put("status", paragraph.state());
    written.putObject("config").put("editorHide", paragraph.prose()).put("colWidth", 12);
    ArrayNode results = written.putObject("results").put("code", "SUCCESS").putArray("msg");
    paragraph
        .results()
        .forEach(it -> results.addObject().put("type", it.type()).put("data", it.data()));
  }

  /** Zeppelin's ids are nine capitals and digits. */
  private String id() {
    return "2" + "%08X".formatted(name.hashCode());
  }
}
