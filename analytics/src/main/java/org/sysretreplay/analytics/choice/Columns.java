package org.sysretreplay.analytics.choice;

import java.util.List;
import java.util.stream.Stream;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.GroupColumn.Kind;
import org.sysretreplay.analytics.TimeUnits;

/** Parses the columns that a user names to group by. */
public final class Columns {

  private static final List<String> KEYS = Stream.of(Kind.values()).map(Kind::key).toList();

  private static final String IS = "=";
  private static final String EXAMPLE = Kind.WINDOW.key() + IS + "100ms";

  private Columns() {}

  /**
   * The columns with these texts, each once.
   *
   * @throws ChoiceException if there is no such column, or windows have two widths
   */
  public static List<GroupColumn> of(List<String> texts) {
    List<GroupColumn> columns = texts.stream().map(Columns::of).distinct().toList();
    List<GroupColumn> windows = columns.stream().filter(it -> it.kind() == Kind.WINDOW).toList();
    if (windows.size() > 1) {
      throw ChoiceException.of(
          "%s %s: windows have one width; leave out %s.",
          OptionName.BY, windows.get(1).text(), windows.get(0).text());
    }
    return columns;
  }

  private static GroupColumn of(String text) {
    return GroupColumn.of(text).orElseThrow(() -> complaint(text));
  }

  private static ChoiceException complaint(String text) {
    String window = Kind.WINDOW.key();
    return text.equals(window) || text.startsWith(window + IS)
        ? ChoiceException.of(
            "%s %s: windows need a width, a whole number of %s, as in %s.",
            OptionName.BY, text, TimeUnits.SYMBOLS, EXAMPLE)
        : ChoiceException.of(
            "%s %s: there is no such column%s; choose from %s.",
            OptionName.BY,
            text,
            Nearest.perhaps(nearest(text)),
            String.join(", ", GroupColumn.USAGES));
  }

  /** Texts that may be meant: names that are written almost so, windows with their width. */
  private static List<String> nearest(String text) {
    int is = text.indexOf(IS);
    String name = is < 0 ? text : text.substring(0, is);
    String window = Kind.WINDOW.key() + (is < 0 ? "" : text.substring(is));
    return Nearest.of(name, KEYS).stream()
        .map(it -> it.equals(Kind.WINDOW.key()) ? window(window) : it)
        .toList();
  }

  private static String window(String text) {
    return GroupColumn.of(text).isPresent() ? text : EXAMPLE;
  }
}
