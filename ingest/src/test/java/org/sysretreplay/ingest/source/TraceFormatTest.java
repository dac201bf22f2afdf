package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sysretreplay.ingest.Traces;

class TraceFormatTest {

  /** A row of the first table: {@code | `jsonl` | JSON lines, one frame a line | ... |}. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z-]+)` \\| (.+?) \\| .+ \\|$", Pattern.MULTILINE);

  @Test
  void theDocumentListsEveryFormatWithItsSentence() throws IOException {
    Path document = Traces.samples().resolveSibling("ingest").resolve("FORMATS.md");
    String start = Files.readString(document).split("\n## ")[0];
    List<String> rows = ROW.matcher(start).results().map(TraceFormatTest::told).toList();
    assertThat(rows)
        .isEqualTo(
            Stream.of(TraceFormat.values()).map(it -> it.id() + ": " + it.sentence()).toList());
  }

  private static String told(MatchResult row) {
    return row.group(1) + ": " + row.group(2).replace("`", "");
  }
}
