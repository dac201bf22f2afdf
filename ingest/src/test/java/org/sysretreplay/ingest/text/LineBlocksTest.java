package org.sysretreplay.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.trace.TraceException;

/** Blocks of any size hold the lines that {@link String#split} finds. */
class LineBlocksTest {

  /** A line as it was found, and its number. */
  private record Line(String text, long number) {}

  private static final String TOO_LONG = "too long";

  private static List<Line> lines(InputStream in, int blockBytes) {
    List<Line> lines = new ArrayList<>();
    try (LineBlocks blocks = new LineBlocks("x", in, blockBytes, RecordBorders.EVERY_LINE)) {
      for (LineBlock block = blocks.next(); block != null; block = blocks.next()) {
        while (block.advance()) {
          String text =
              new String(
                  block.bytes(),
                  block.start(),
                  block.end() - block.start(),
                  StandardCharsets.ISO_8859_1);
          lines.add(new Line(block.isTooLong() ? TOO_LONG : text, block.number()));
        }
        if (block.damage() != null) {
          lines.add(new Line("damage", block.number() + 1));
        }
      }
    }
    return lines;
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<Line> expected(String text) {
    List<Line> lines = new ArrayList<>();
    String[] texts = text.split("\n", -1);
    int count = text.endsWith("\n") || text.isEmpty() ? texts.length - 1 : texts.length;
    for (int i = 0; i < count; i++) {
      String line =
          texts[i].endsWith("\r") ? texts[i].substring(0, texts[i].length() - 1) : texts[i];
      lines.add(new Line(line, i + 1));
    }
    return lines;
  }

  /** A random text with bytes whose values are close to that of a line feed: 0x8a, 0x0b, 0x09. */
  private static String text(Random random) {
    char[] alphabet = {'\n', '\n', '\r', 'a', '\u008a', '\u000b', '\t', '\0', '\u00ff', ' '};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(200); i > 0; i--) {
      text.append(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 64, 1000})
  void linesAreThoseOfTheText(int blockBytes) {
    Random random = new Random(blockBytes);
    for (int i = 0; i < 500; i++) {
      String text = text(random);
      assertThat(lines(in(text), blockBytes)).as(text).isEqualTo(expected(text));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 10, 1 << 18})
  void aLineWithoutEndIsPassedOverInBoundedMemory(int blockBytes) {
    String longest = "x".repeat(LineBlock.MAX_LINE_BYTES);
    String tooLong = longest.repeat(5);
    assertThat(lines(in("a\n" + longest + "\n" + tooLong + "\nb\n" + tooLong), blockBytes))
        .containsExactly(
            new Line("a", 1),
            new Line(longest, 2),
            new Line(TOO_LONG, 3),
            new Line("b", 4),
            new Line(TOO_LONG, 5));
  }

  /** The part that is kept may end with a carriage return, with a line feed behind it. */
  @Test
  void aLineThatIsTooLongIsNotTakenForOneThatEndsWhereItIsCutOff() {
    char[] line = "x".repeat(2 * LineBlock.MAX_LINE_BYTES).toCharArray();
    for (int i = LineBlock.MAX_LINE_BYTES - 2; i < LineBlock.MAX_LINE_BYTES + 4; i++) {
      char[] returned = line.clone();
      returned[i] = '\r';
      assertThat(lines(in(new String(returned) + "\n"), 1 << 18))
          .containsExactly(new Line(TOO_LONG, 1));
    }
  }

  @Test
  void manyShortLinesAreHandedOnInSeveralBlocks() {
    String text = "x\n".repeat(1 << 16);
    List<Integer> counts = new ArrayList<>();
    try (LineBlocks blocks = new LineBlocks("x", in(text), 1 << 18, RecordBorders.EVERY_LINE)) {
      for (LineBlock block = blocks.next(); block != null; block = blocks.next()) {
        int count = 0;
        while (block.advance()) {
          count++;
        }
        counts.add(count);
      }
    }
    assertThat(counts).allMatch(it -> it <= 1 << 13);
    assertThat(counts.stream().mapToInt(it -> it).sum()).isEqualTo(1 << 16);
    assertThat(lines(in(text), 1 << 18)).isEqualTo(expected(text));
  }

  private static InputStream failing(String before, IOException failure) {
    InputStream end =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }
        };
    return new SequenceInputStream(in(before), end);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 1000})
  void linesBeforeDamageAreRead(int blockBytes) {
    assertThat(lines(failing("a\nb\nc", new EOFException("cut")), blockBytes))
        .containsExactly(new Line("a", 1), new Line("b", 2), new Line("damage", 3));
  }

  @Test
  void linesBeforeAFailureAreHandedOnFirst() {
    try (LineBlocks blocks =
        new LineBlocks(
            "x", failing("a\nb", new IOException("no disk")), 1000, RecordBorders.EVERY_LINE)) {
      LineBlock block = blocks.next();
      assertThat(block.advance()).isTrue();
      assertThat(block.advance()).isFalse();
      assertThatThrownBy(blocks::next)
          .isInstanceOf(TraceException.class)
          .hasMessageContaining("no disk");
    }
  }

  @Test
  void feedsAreCountedAndFoundAtEveryPlace() {
    byte[] bytes = new byte[40];
    Arrays.fill(bytes, (byte) 0x8a);
    for (int feed = 0; feed < bytes.length; feed++) {
      bytes[feed] = '\n';
      assertThat(LineFeeds.first(bytes, 0, bytes.length)).isEqualTo(feed);
      assertThat(LineFeeds.last(bytes, 0, bytes.length)).isEqualTo(feed);
      assertThat(LineFeeds.last(bytes, feed + 1, bytes.length)).isEqualTo(-1);
      assertThat(LineFeeds.count(bytes, 0, bytes.length)).isEqualTo(1);
      bytes[feed] = 0x0b;
    }
    Arrays.fill(bytes, (byte) '\n');
    assertThat(LineFeeds.count(bytes, 0, bytes.length)).isEqualTo(bytes.length);
    assertThat(LineFeeds.first(bytes, 9, 9)).isEqualTo(9);
  }
}
