package org.sysretreplay.ingest.perfdata;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tracepoint's {@code format} file: its name, its number, and the layout of its fields. */
record TracepointFormat(String name, long id, Map<String, Field> fields) {

  private static final Pattern NAME = Pattern.compile("(?m)^name: (\\S+)");
  private static final Pattern ID = Pattern.compile("(?m)^ID: (\\d{1,18})");
  private static final Pattern OFFSET = Pattern.compile("\\s*+offset:(\\d{1,9})");
  private static final Pattern SIZE = Pattern.compile("\\s*+size:(\\d{1,9})");
  private static final String FIELD = "field:";

  /** A field of the raw data: its offset and size in bytes. */
  record Field(int offset, int size) {}

  /** Parses the text of a format file in time proportional to its length; empty if it is none. */
  static Optional<TracepointFormat> parse(String text) {
    Matcher name = NAME.matcher(text);
    Matcher id = ID.matcher(text);
    if (!name.find() || !id.find()) {
      return Optional.empty();
    }
    return Optional.of(
        new TracepointFormat(name.group(1), Long.parseLong(id.group(1)), fields(text)));
  }

  /** The fields in lines such as {@code field:int args[6]; offset:16; size:48;}. */
  private static Map<String, Field> fields(String text) {
    Map<String, Field> fields = new HashMap<>();
    String[] parts = text.split(";", -1);
    for (int i = 0; i + 3 < parts.length; i++) {
      int start = parts[i].indexOf(FIELD);
      Matcher offset = OFFSET.matcher(parts[i + 1]);
      Matcher size = SIZE.matcher(parts[i + 2]);
      if (start >= 0 && offset.matches() && size.matches()) {
        fields.put(
            declaredName(parts[i].substring(start + FIELD.length())),
            new Field(Integer.parseInt(offset.group(1)), Integer.parseInt(size.group(1))));
      }
    }
    return Map.copyOf(fields);
  }

  /** The last word of a C declaration, before the length of an array. */
  private static String declaredName(String declaration) {
    boolean isArray = declaration.endsWith("]") && declaration.contains("[");
    int end = isArray ? declaration.lastIndexOf('[') : declaration.length();
    int start = end;
    while (start > 0 && isWord(declaration.charAt(start - 1))) {
      start--;
    }
    return declaration.substring(start, end);
  }

  private static boolean isWord(char c) {
    return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
