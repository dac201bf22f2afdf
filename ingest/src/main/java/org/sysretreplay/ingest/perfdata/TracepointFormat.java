package org.sysretreplay.ingest.perfdata;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tracepoint's {@code format} file: its name, number, and where its fields stand. */
record TracepointFormat(String name, long id, Map<String, Field> fields) {

  private static final Pattern NAME = Pattern.compile("(?m)^name: (\\S+)");
  private static final Pattern ID = Pattern.compile("(?m)^ID: (\\d{1,18})");
  private static final Pattern FIELD =
      Pattern.compile("field:[^;]*?(\\w+)(?:\\[[^;]*)?;\\s*offset:(\\d{1,9});\\s*size:(\\d{1,9});");

  /** A field of the raw data: its offset and size in bytes. */
  record Field(int offset, int size) {}

  /** Reads the text of a format file; empty where it is none. */
  static Optional<TracepointFormat> parse(String text) {
    Matcher name = NAME.matcher(text);
    Matcher id = ID.matcher(text);
    if (!name.find() || !id.find()) {
      return Optional.empty();
    }
    Map<String, Field> fields = new HashMap<>();
    Matcher field = FIELD.matcher(text);
    while (field.find()) {
      fields.put(
          field.group(1),
          new Field(Integer.parseInt(field.group(2)), Integer.parseInt(field.group(3))));
    }
    return Optional.of(
        new TracepointFormat(name.group(1), Long.parseLong(id.group(1)), Map.copyOf(fields)));
  }
}
