package org.sysretreplay.notebooks.zeppelin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.notebooks.Notebook;
import org.sysretreplay.notebooks.Notebook.Cell;
import org.sysretreplay.notebooks.zeppelin.Note.Paragraph;

/** Every notebook has a note with the same prose and the same code. */
class NotesTest {

  private static final Path FOLDER = Path.of(System.getProperty("notebooks"));

  static Stream<Notebook> notebooks() {
    return Notebook.in(FOLDER).stream();
  }

  private static List<String> texts(Note note) {
    return note.paragraphs().stream().map(Paragraph::text).toList();
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void aNoteIsItsNotebook(Notebook notebook) throws IOException {
    Note committed = Note.read(FOLDER.resolve(notebook.name() + Note.ENDING));
    assertThat(committed.name()).isEqualTo(notebook.name());
    assertThat(texts(committed))
        .as("written by -Dtest=ZeppelinTest -Dnotebooks.write=true")
        .isEqualTo(texts(Note.of(notebook)));
    assertThat(committed.paragraphs()).allMatch(it -> it.state().equals("FINISHED"));
  }

  private static List<String> paragraphs(boolean code, String source) {
    return texts(Note.of(new Notebook("one", List.of(new Cell(code, source, List.of())))));
  }

  @Test
  void sqlAtTheEndOfACellStandsInAParagraphOfItsOwn() {
    assertThat(paragraphs(true, "var a = 1;\nspark.sql(\"select 1, \"\n    + \"2\");"))
        .containsExactly("%sysret\nvar a = 1;", "%sysret.sql\nselect 1,\n2");
    assertThat(paragraphs(true, "spark.sql(\"select 1\");"))
        .containsExactly("%sysret.sql\nselect 1");
    assertThat(paragraphs(true, "spark.sql(\"select 1\").first();"))
        .containsExactly("%sysret\nspark.sql(\"select 1\").first();");
    assertThat(paragraphs(true, "var a = spark.sql(\"select 1\");"))
        .containsExactly("%sysret\nvar a = spark.sql(\"select 1\");");
  }

  @Test
  void proseHasNoEndsOfLinesButBetweenParagraphsAndItems() {
    assertThat(paragraphs(false, "# Head\n\none\n`two`\n\n* three\n  four\n* five"))
        .containsExactly("%md\n# Head\n\none `two`\n\n* three four\n* five");
  }
}
