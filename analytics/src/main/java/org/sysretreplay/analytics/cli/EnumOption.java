package org.sysretreplay.analytics.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.sysretreplay.analytics.choice.Nearest;

/** Parses the value of an option that is a constant of an enum in lower case. */
final class EnumOption {

  private EnumOption() {}

  /**
   * The constant with this name.
   *
   * @param option the option as it is written, such as {@code --format}
   * @throws UsageException if there is no such constant
   */
  static <E extends Enum<E>> E of(Class<E> type, String option, String name) {
    return Stream.of(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "%s %s: there is no such %s%s; choose from %s."
                        .formatted(
                            option,
                            name,
                            noun(option),
                            Nearest.perhaps(name, keys(type)),
                            String.join(", ", keys(type)))));
  }

  /** What one value is called in a message; {@code --columns} takes several. */
  private static String noun(String option) {
    return option.substring(2).replaceFirst("s$", "");
  }

  /** All values that the option accepts. */
  static <E extends Enum<E>> List<String> keys(Class<E> type) {
    return Stream.of(type.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .toList();
  }
}
