package org.sysretreplay.analytics.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.verdict.Column;

/** The documents' tables of listed columns are those of the code. */
class ListColumnsTest {

  private static final Path FORMATS = SampleTraces.ROOT.resolveSibling("ingest/FORMATS.md");

  private static final String HEADER = "| column | type | what it is |\n|---|---|---|";

  private static String row(Column<?> column) {
    String type =
        switch (column.type()) {
          case TEXT -> "string";
          case NUMBER -> "number";
          case REGISTER -> "register";
          case SHARE -> "share";
          case NAMES -> "names";
          case COUNTS -> "counts";
        };
    return "| `%s` | %s%s | %s |"
        .formatted(
            column.key(), type, column.canBeNull() ? ", null" : "", sentence(column.sentence()));
  }

  private static String sentence(String sentence) {
    return Character.toLowerCase(sentence.charAt(0))
        + sentence.substring(1).replaceFirst("\\.$", "");
  }

  /** Written with {@code -Dformats.write=true}. */
  @Test
  void theTableOfListedFramesIsMadeFromTheList() throws IOException {
    String rows = String.join("\n", ListColumns.ALL.stream().map(ListColumnsTest::row).toList());
    String document = Files.readString(FORMATS);
    String table = HEADER + "\n" + rows + "\n\n";
    if (Boolean.getBoolean("formats.write")) {
      int start = document.indexOf(HEADER, document.indexOf("\n## Listed frames\n"));
      int end = document.indexOf("\n\n", start) + 2;
      document = document.substring(0, start) + table + document.substring(end);
      Files.writeString(FORMATS, document);
    }
    assertThat(document).contains(table);
  }
}
