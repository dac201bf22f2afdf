package org.sysretreplay.analytics.choice;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A sentence for users in which options have the names that the user knows.
 *
 * @param format for {@link String#formatted}
 * @param arguments the values; may contain {@link OptionName}s and other sentences
 */
public record Sentence(String format, List<Object> arguments) {

  public Sentence {
    arguments = List.copyOf(arguments);
  }

  /** A sentence with these values. */
  public static Sentence of(String format, Object... arguments) {
    return new Sentence(format, List.of(arguments));
  }

  /** The text for users of the command line. */
  public String onCommandLine() {
    return text(OptionName::onCommandLine);
  }

  /** The text for programs, where options are methods. */
  public String inPrograms() {
    return text(OptionName::inPrograms);
  }

  private String text(Function<OptionName, String> name) {
    return String.format(
        Locale.ROOT, format, arguments.stream().map(it -> shown(it, name)).toArray());
  }

  private static Object shown(Object argument, Function<OptionName, String> name) {
    if (argument instanceof Sentence part) {
      return part.text(name);
    }
    return argument instanceof OptionName option ? name.apply(option) : argument;
  }
}
