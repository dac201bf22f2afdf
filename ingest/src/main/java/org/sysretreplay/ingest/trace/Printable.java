package org.sysretreplay.ingest.trace;

import java.util.regex.Pattern;

/**
 * Makes text safe to show on a terminal. Names come from recorded programs, files and command
 * lines; none may move the cursor, turn the reading direction, hide, or begin a new line.
 */
public final class Printable {

  /** Replaces each character that is not safe. */
  private static final String SHOWN = "\uFFFD";

  /**
   * Control characters (C0, C1, DEL), format characters (directions, zero width, tags), line
   * separators, unpaired surrogates, and characters that a display may leave out: fillers and
   * variation selectors.
   */
  private static final String HOSTILE =
      "\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}"
          + "\\x{180B}-\\x{180F}\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{FFF0}-\\x{FFF8}"
          + "\\x{E0000}-\\x{E0FFF}";

  private static final Pattern IN_A_LINE = Pattern.compile("[" + HOSTILE + "]");
  private static final Pattern IN_A_TEXT = Pattern.compile("[" + HOSTILE + "&&[^\\n\\t]]");

  private static final Pattern HALF = Pattern.compile("\\p{Cs}");

  private Printable() {}

  /** The text as one line, with U+FFFD for each character that is not safe. */
  public static String line(String text) {
    return isPlain(text, false) ? text : IN_A_LINE.matcher(text).replaceAll(SHOWN);
  }

  /** The same for a text of several lines: line feeds and tabs stay. */
  public static String text(String text) {
    return isPlain(text, true) ? text : IN_A_TEXT.matcher(text).replaceAll(SHOWN);
  }

  /** Whether a character can be shown on a terminal as it is. */
  public static boolean isHarmless(int codePoint) {
    return !IN_A_LINE.matcher(Character.toString(codePoint)).matches();
  }

  /** A fast test: nearly every text is plain ASCII. */
  private static boolean isPlain(String text, boolean lines) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c < 0x7f || lines && (c == '\n' || c == '\t');
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  /** The text with U+FFFD for each unpaired surrogate, which JSON can express and UTF-8 cannot. */
  public static String wellFormed(String text) {
    return HALF.matcher(text).replaceAll(SHOWN);
  }

  /**
   * The text, or, if it is longer than so many characters, its start and three dots. No surrogate
   * pair is cut.
   */
  public static String start(String text, int length) {
    return text.length() <= length ? text : cut(text, length - 3) + "...";
  }

  /** The first characters of the text, so many at most. No surrogate pair is cut. */
  public static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean cutsPair = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, cutsPair ? length - 1 : length);
  }
}
