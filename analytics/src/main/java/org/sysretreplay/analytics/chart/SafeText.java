package org.sysretreplay.analytics.chart;

/**
 * Names as a page may show them: whatever they hold, they stay text, and stay where they are put.
 */
public final class SafeText {

  private SafeText() {}

  /** As text that no browser takes for anything else. */
  public static String escaped(String text) {
    return shown(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Without characters that move or hide others: U+FFFD stands for each of them. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(it -> shown.appendCodePoint(isShown(it) ? it : 0xFFFD));
    return shown.toString();
  }

  private static boolean isShown(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }
}
