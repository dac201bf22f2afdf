package org.sysretreplay.ingest.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The first bytes of a file, unpacked, by which its format is recognised. */
public final class Head {

  /** How many bytes decide the format of a file. */
  public static final int BYTES = 1 << 14;

  private final byte[] bytes;

  /**
   * The lines that are not blank; null before they are first asked for. All formats share one
   * decoding.
   */
  private List<String> lines;

  public Head(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /**
   * The head of a file, as far as a damaged file still gives it.
   *
   * @throws TraceException if not even one byte can be read
   */
  public static Head of(NamedFile file) {
    return new Head(TraceBytes.head(file, BYTES));
  }

  /** The head of the file at that path. */
  public static Head of(Path path) {
    return of(NamedFile.of(path));
  }

  /** Whether the file begins with these ASCII characters. */
  public boolean startsWith(String magic) {
    return new String(bytes, 0, Math.min(magic.length(), bytes.length), StandardCharsets.ISO_8859_1)
        .equals(magic);
  }

  /** The little-endian 64-bit number at an offset; empty if the file ends before it does. */
  public OptionalLong numberAt(int offset) {
    return offset + Long.BYTES <= bytes.length
        ? OptionalLong.of(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(offset))
        : OptionalLong.empty();
  }

  /** Whether these bytes, written as characters below 256, stand at that offset. */
  public boolean has(String magic, int at) {
    return bytes.length >= at + magic.length()
        && new String(bytes, at, magic.length(), StandardCharsets.ISO_8859_1).equals(magic);
  }

  /** Whether its lines end with carriage returns alone, so that all of it is one line here. */
  public boolean endsLinesWithReturns() {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.indexOf('\n') < 0 && text.stripTrailing().indexOf('\r') >= 0;
  }

  /** The lines that are not blank, decoded as {@link Utf8Bytes}. The last one may be cut off. */
  public Stream<String> lines() {
    if (lines == null) {
      String text = new String(Utf8Bytes.of(bytes), StandardCharsets.UTF_8);
      lines = text.lines().filter(line -> !line.isBlank()).toList();
    }
    return lines.stream();
  }

  /** The lines before the first one that does not begin with a hash. */
  public Stream<String> commentsAtStart() {
    return lines().takeWhile(Head::isComment);
  }

  /** The lines that do not begin with a hash. */
  public Stream<String> linesWithoutComments() {
    return lines().filter(line -> !isComment(line));
  }

  /**
   * Whether there is a line of a record, and from it on at least half of the lines are such lines
   * or belong to one. Comments do not count. Nor does the last line, which may be cut off, unless
   * it is the first.
   */
  public boolean isMostly(Predicate<String> record, Predicate<String> ofRecord) {
    List<String> from = linesWithoutComments().dropWhile(record.negate()).toList();
    List<String> whole = from.subList(0, Math.max(Math.min(1, from.size()), from.size() - 1));
    long fit = whole.stream().filter(record.or(ofRecord)).count();
    return fit > 0 && 2 * fit >= whole.size();
  }

  private static boolean isComment(String line) {
    return line.startsWith("#");
  }
}
