package org.sysretreplay.analytics.choice;

import java.util.List;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.GroupColumn.Kind;
import org.sysretreplay.analytics.TimeUnits;

/** Parses the columns that a user names to group by. */
public final class Columns {

  private static final List<String> KEYS =
      GroupColumn.NAMED.stream().map(GroupColumn::key).toList();

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
    return text.equals(window) || text.startsWith(window + "=")
        ? ChoiceException.of(
            "%s %s: windows need a width, a whole number of %s, as in window=100ms.",
            OptionName.BY, text, TimeUnits.SYMBOLS)
        : ChoiceException.of(
            "%s %s: there is no such column%s; choose from %s.",
            OptionName.BY,
            text,
            Nearest.perhaps(text, KEYS),
            String.join(", ", GroupColumn.USAGES));
  }
}
