package org.sysretreplay.analytics.report;

import java.util.regex.Pattern;

/** Text for a reader that grows from top to bottom; no line is wider than 80 columns. */
final class Page {

  static final int WIDTH = 80;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  private final StringBuilder text = new StringBuilder();

  /** A title, with an empty line between it and what stands above it. */
  Page title(String title) {
    if (!text.isEmpty()) {
      text.append('\n');
    }
    return item("", title);
  }

  /** A label, and behind it words that keep to their column when they need more lines. */
  Page item(String label, String words) {
    int indent = label.length();
    StringBuilder line = new StringBuilder(label);
    for (String word : printable(words).split(" ", -1)) {
      boolean first = line.length() == indent;
      if (!first && line.length() + 1 + word.length() > WIDTH) {
        end(line, indent);
        first = true;
      }
      line.append(first ? "" : " ").append(word);
      while (line.length() > WIDTH) {
        String rest = line.substring(WIDTH);
        line.setLength(WIDTH);
        end(line, indent);
        line.append(rest);
      }
    }
    end(line, indent);
    return this;
  }

  /** Ends a line, and starts the next one so many blanks wide. */
  private void end(StringBuilder line, int indent) {
    text.append(line.toString().stripTrailing()).append('\n');
    line.setLength(0);
    line.append(" ".repeat(indent));
  }

  /** Names come from whoever was recorded: none may reach for the reader's terminal. */
  private static String printable(String words) {
    return CONTROL.matcher(words).replaceAll("\uFFFD");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
