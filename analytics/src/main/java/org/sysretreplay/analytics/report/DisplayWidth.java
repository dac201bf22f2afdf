package org.sysretreplay.analytics.report;

import java.util.Map;
import java.util.TreeMap;

/** Measures texts in columns of a terminal, and cuts them to a width. */
final class DisplayWidth {

  /**
   * The characters that take two columns: W and F in EastAsianWidth.txt of Unicode 17.0, which
   * include the emoji. Java's Character does not know this property.
   */
  private static final String WIDE =
      """
      1100-115f 231a-231b 2329-232a 23e9-23ec 23f0 23f3 25fd-25fe 2614-2615 2630-2637
      2648-2653 267f 268a-268f 2693 26a1 26aa-26ab 26bd-26be 26c4-26c5 26ce 26d4 26ea
      26f2-26f3 26f5 26fa 26fd 2705 270a-270b 2728 274c 274e 2753-2755 2757 2795-2797 27b0
      27bf 2b1b-2b1c 2b50 2b55 2e80-2e99 2e9b-2ef3 2f00-2fd5 2ff0-3029 3030-303e 3041-3096
      309b-30ff 3105-312f 3131-3163 3165-318e 3190-31e5 31ef-321e 3220-3247 3250-a48c
      a490-a4c6 a960-a97c ac00-d7a3 f900-faff fe10-fe19 fe30-fe52 fe54-fe66 fe68-fe6b
      ff01-ff60 ffe0-ffe6 16fe0-16fe3 16ff2-16ff6 17000-18cd5 18cff-18d1e 18d80-18df2
      1aff0-1aff3 1aff5-1affb 1affd-1affe 1b000-1b122 1b132 1b150-1b152 1b155 1b164-1b167
      1b170-1b2fb 1d300-1d356 1d360-1d376 1f004 1f0cf 1f18e 1f191-1f19a 1f1e6-1f202
      1f210-1f23b 1f240-1f248 1f250-1f251 1f260-1f265 1f300-1f320 1f32d-1f335 1f337-1f37c
      1f37e-1f393 1f3a0-1f3ca 1f3cf-1f3d3 1f3e0-1f3f0 1f3f4 1f3f8-1f43e 1f440 1f442-1f4fc
      1f4ff-1f53d 1f54b-1f54e 1f550-1f567 1f57a 1f595-1f596 1f5a4 1f5fb-1f64f 1f680-1f6c5
      1f6cc 1f6d0-1f6d2 1f6d5-1f6d8 1f6dc-1f6df 1f6eb-1f6ec 1f6f4-1f6fc 1f7e0-1f7eb 1f7f0
      1f90c-1f93a 1f93c-1f945 1f947-1f9ff 1fa70-1fa7c 1fa80-1fa8a 1fa8e-1fac6 1fac8
      1facd-1fadc 1fadf-1faea 1faef-1faf8 20000-2fffd 30000-3fffd
      """;

  /** The last character of each range, by its first. */
  private static final TreeMap<Integer, Integer> RANGES = ranges();

  private static final int FIRST_WIDE = RANGES.firstKey();

  private DisplayWidth() {}

  private static TreeMap<Integer, Integer> ranges() {
    TreeMap<Integer, Integer> ranges = new TreeMap<>();
    for (String range : WIDE.strip().split("\\s+")) {
      String[] ends = range.split("-");
      ranges.put(Integer.parseInt(ends[0], 16), Integer.parseInt(ends[ends.length - 1], 16));
    }
    return ranges;
  }

  /** The width of the text in columns. */
  static int of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x7f) {
        return text.codePoints().map(DisplayWidth::of).sum();
      }
    }
    return text.length();
  }

  /** The longest prefix of the text that fits into this many columns. */
  static String start(String text, int columns) {
    int end = 0;
    int width = 0;
    while (end < text.length()) {
      int next = text.codePointAt(end);
      width += of(next);
      if (width > columns) {
        return text.substring(0, end);
      }
      end += Character.charCount(next);
    }
    return text;
  }

  /** The longest suffix of the text that fits into this many columns. */
  static String end(String text, int columns) {
    int start = text.length();
    int width = 0;
    while (start > 0) {
      int before = text.codePointBefore(start);
      width += of(before);
      if (width > columns) {
        break;
      }
      start -= Character.charCount(before);
    }
    return withoutMarks(text.substring(start));
  }

  /** A mark without the character that it belongs to would show on the one before it. */
  private static String withoutMarks(String text) {
    int first = 0;
    while (first < text.length() && of(text.codePointAt(first)) == 0) {
      first += Character.charCount(text.codePointAt(first));
    }
    return text.substring(first);
  }

  /** Combining marks take no column of their own, nor do the inner parts of Hangul syllables. */
  private static int of(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || codePoint >= 0x1160 && codePoint <= 0x11ff) {
      return 0;
    }
    return isWide(codePoint) ? 2 : 1;
  }

  private static boolean isWide(int codePoint) {
    if (codePoint < FIRST_WIDE) {
      return false;
    }
    Map.Entry<Integer, Integer> range = RANGES.floorEntry(codePoint);
    return codePoint <= range.getValue();
  }
}
