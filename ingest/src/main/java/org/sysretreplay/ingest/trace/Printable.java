package org.sysretreplay.ingest.trace;

import java.util.regex.Pattern;

/**
 * Text that does nothing to the terminal that shows it. Names come from whoever was recorded, from
 * files and from command lines; none may move a cursor, turn the direction of reading, hide, or
 * begin a line of its own.
 */
public final class Printable {

  /** What stands in place of each character that would not just show. */
  private static final String SHOWN = "\uFFFD";

  /**
   * Control characters (C0, C1, DEL), formats (directions, zero width, tags), separators of lines,
   * half of a surrogate pair, and what Unicode lets a display leave out: fillers and selectors of
   * variants.
   */
  private static final String HOSTILE =
      "\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}"
          + "\\x{180B}-\\x{180F}\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{FFF0}-\\x{FFF8}"
          + "\\x{E0000}-\\x{E0FFF}";

  private static final Pattern IN_A_LINE = Pattern.compile("[" + HOSTILE + "]");
  private static final Pattern IN_A_TEXT = Pattern.compile("[" + HOSTILE + "&&[^\\n\\t]]");

  private static final Pattern HALF = Pattern.compile("\\p{Cs}");

  private Printable() {}

  /** The text in one line, U+FFFD in place of what would not just show. */
  public static String line(String text) {
    return isPlain(text, false) ? text : IN_A_LINE.matcher(text).replaceAll(SHOWN);
  }

  /** The same of a text that has lines: line feeds and tabs stay. */
  public static String text(String text) {
    return isPlain(text, true) ? text : IN_A_TEXT.matcher(text).replaceAll(SHOWN);
  }

  /** Whether the character, or each half of a surrogate pair, may stand on a terminal as it is. */
  public static boolean isHarmless(int codePoint) {
    return !IN_A_LINE.matcher(Character.toString(codePoint)).matches();
  }

  /** Nearly every text is ASCII, and told so without a search. */
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

  /**
   * The text with U+FFFD in place of each half of a surrogate pair: JSON can say such a text, and
   * no file can hold it.
   */
  public static String wellFormed(String text) {
    return HALF.matcher(text).replaceAll(SHOWN);
  }

  /**
   * The start of a text that is longer than so many characters, ending in three dots; no character
   * is cut in two.
   */
  public static String start(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = length - 3;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + "...";
  }
}
