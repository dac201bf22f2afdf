package org.sysretreplay.analytics.choice;

import java.util.List;
import java.util.stream.Stream;
import org.sysretreplay.analytics.GroupColumn;

/** The columns that somebody names to group by. */
public final class Columns {

  private Columns() {}

  /**
   * The columns of those names, each once.
   *
   * @throws ChoiceException where there is none of a name
   */
  public static List<GroupColumn> of(List<String> keys) {
    return keys.stream().map(Columns::of).distinct().toList();
  }

  private static GroupColumn of(String key) {
    return GroupColumn.ofKey(key)
        .orElseThrow(
            () ->
                ChoiceException.of(
                    "%s %s: there is no such column%s; choose from %s.",
                    OptionName.BY, key, perhaps(key), GroupColumn.KEYS));
  }

  private static String perhaps(String key) {
    return Nearest.perhaps(key, Stream.of(GroupColumn.values()).map(GroupColumn::key).toList());
  }
}
