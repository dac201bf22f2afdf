package org.sysretreplay.analytics.report;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.trace.Printable;

/** Quotes text as one word of a shell, for commands that a user may copy. */
public final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-]+");

  private ShellWord() {}

  /** The text as it is if no quotes are needed, else in quotes. */
  public static String of(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    return text.codePoints().allMatch(Printable::isHarmless)
        ? "'" + text.replace("'", "'\\''") + "'"
        : escaped(text);
  }

  /**
   * The text in {@code $'...'}, which bash, zsh and sh of POSIX 2024 understand; it has no
   * character that could control the terminal.
   */
  private static String escaped(String text) {
    StringBuilder word = new StringBuilder("$'");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\'' || c == '\\') {
                word.append('\\').append((char) c);
              } else if (Printable.isHarmless(c)) {
                word.appendCodePoint(c);
              } else {
                appendBytes(word, c);
              }
            });
    return word.append('\'').toString();
  }

  /** Three octal digits each, so that a digit that follows is not read as one of them. */
  private static void appendBytes(StringBuilder word, int codePoint) {
    for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      word.append("\\%03o".formatted(b & 0xff));
    }
  }

  /** A file name as an argument that cannot be taken for an option. */
  public static String ofFile(String file) {
    return of(file.startsWith("-") ? "./" + file : file);
  }
}
