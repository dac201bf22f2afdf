package org.sysretreplay.analytics.choice;

import java.util.List;
import java.util.function.Function;

/**
 * A sentence for users. The {@link OptionName}s in it are called as the user writes them.
 *
 * @param format as {@link String#formatted} takes it
 * @param arguments its values; options and other sentences among them
 */
public record Sentence(String format, List<Object> arguments) {

  public Sentence {
    arguments = List.copyOf(arguments);
  }

  /** A sentence with those values. */
  public static Sentence of(String format, Object... arguments) {
    return new Sentence(format, List.of(arguments));
  }

  /** For users of the command line. */
  public String onCommandLine() {
    return text(OptionName::onCommandLine);
  }

  /** For programs, where options are methods. */
  public String inPrograms() {
    return text(OptionName::inPrograms);
  }

  private String text(Function<OptionName, String> name) {
    return format.formatted(arguments.stream().map(it -> shown(it, name)).toArray());
  }

  private static Object shown(Object argument, Function<OptionName, String> name) {
    if (argument instanceof Sentence part) {
      return part.text(name);
    }
    return argument instanceof OptionName option ? name.apply(option) : argument;
  }
}
