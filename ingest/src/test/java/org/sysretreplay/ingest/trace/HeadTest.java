package org.sysretreplay.ingest.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.ingest.Traces;

class HeadTest {

  private static Head head(String text) {
    return new Head(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aMagicNumberIsAllOfItOrNone() {
    assertThat(head("PAR1\0").startsWith("PAR1")).isTrue();
    assertThat(head("PAR1").startsWith("PAR1")).isTrue();
    assertThat(head("PAR").startsWith("PAR1")).isFalse();
    assertThat(head("").startsWith("PAR1")).isFalse();
    assertThat(head(" PAR1").startsWith("PAR1")).isFalse();
  }

  @Test
  void blankLinesAreNone() {
    assertThat(head("\n  \na\r\n\nb").lines()).containsExactly("a", "b");
    assertThat(head("").lines()).isEmpty();
  }

  @Test
  void linesCanBeAskedForAgain() {
    Head head = head("# a\nb\n# c\n");
    assertThat(head.lines()).containsExactly("# a", "b", "# c");
    assertThat(head.lines()).containsExactly("# a", "b", "# c");
  }

  @Test
  void commentsAtTheStartEndWithTheFirstOtherLine() {
    Head head = head("\n# a\n# b\n1\n# c\n2\n");
    assertThat(head.commentsAtStart()).containsExactly("# a", "# b");
    assertThat(head.linesWithoutComments()).containsExactly("1", "2");
  }

  @Test
  void bytesThatAreNoTextAreNoError() {
    Head head = new Head(new byte[] {(byte) 0xff, '\n', (byte) 0xc3});
    assertThat(head.lines()).hasSize(2);
  }

  @Test
  void aPackedFileIsUnpackedAndNotReadFurtherThanNeeded(@TempDir Path folder) throws IOException {
    byte[] text = "a\n".repeat(Head.BYTES).getBytes(StandardCharsets.UTF_8);
    Path plain = Files.write(folder.resolve("plain"), text);
    assertThat(Head.of(plain).lines()).hasSize(Head.BYTES / 2);
    assertThat(Head.of(Traces.gzip(folder.resolve("packed"), text)).lines())
        .hasSize(Head.BYTES / 2);
  }
}
