package org.sysretreplay.analytics.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.choice.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user what is wrong with a command line, in a sentence that blames the right word. */
final class UsageErrors implements IParameterExceptionHandler {

  private static final String END_OF_OPTIONS = "--";

  private static final Set<Class<?>> NUMBERS =
      Set.of(int.class, Integer.class, long.class, Long.class, double.class, Double.class);

  private final Messages messages;

  UsageErrors(Messages messages) {
    this.messages = messages;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    messages.error(sentence(complaint(e, args)) + " Try: " + command + " --help");
    return ExitCode.USAGE;
  }

  private static String sentence(String message) {
    String first = message.strip();
    return first.endsWith(".") ? first : first + ".";
  }

  private static String complaint(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().get(0), command);
    }
    if (e instanceof OverwrittenOptionException twice) {
      return "%s is there twice; give it once".formatted(name(twice.getOverwritten()));
    }
    if (e instanceof MissingParameterException missing) {
      // The argument may only seem to be missing because an option is misspelt.
      return unknownOption(command.getCommandSpec(), args)
          .map(it -> noSuchOption(it, command.getCommandSpec()))
          .orElseGet(() -> missing(missing, args));
    }
    return e.getArgSpec() == null || e.getValue() == null
        ? e.getMessage()
        : badValue(e.getArgSpec(), e.getValue()).orElseGet(e::getMessage);
  }

  private static String unmatched(String word, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (looksLikeAnOption(word)) {
      return noSuchOption(word, spec);
    }
    if (!command.getSubcommands().isEmpty()) {
      return noSuchCommand(word);
    }
    String all =
        spec.positionalParameters().stream()
            .map(ArgSpec::paramLabel)
            .collect(Collectors.joining(" "));
    return all.isEmpty()
        ? "%s: %s takes options only".formatted(word, spec.name())
        : "%s: this is one argument too many; %s takes %s".formatted(word, spec.name(), all);
  }

  /** The sentence on an unknown command: all commands, and the one that may be meant. */
  static String noSuchCommand(String name) {
    return "%s: there is no such command%s; choose from %s."
        .formatted(name, Nearest.perhaps(name, Cli.names()), String.join(", ", Cli.names()));
  }

  private static boolean looksLikeAnOption(String word) {
    return word.length() > 1 && word.startsWith("-");
  }

  private static String noSuchOption(String word, CommandSpec spec) {
    String option = word.split("=", 2)[0];
    if (spec.parent() == null && isOfACommand(option, spec)) {
      return option + ": options stand behind the command, as in: sysret-replay report " + word;
    }
    if (exists(word)) {
      return "%s: there is no such option; a file of that name stands behind all options and --"
          .formatted(word);
    }
    String perhaps = perhaps(option, spec);
    Optional<String> two = perhaps.isEmpty() ? runTogether(word, spec) : Optional.empty();
    return two.map(
            it ->
                "%s: there is no such option; perhaps these are two words: %s".formatted(word, it))
        .orElseGet(() -> "%s: there is no such option%s".formatted(option, perhaps));
  }

  private static boolean isOfACommand(String option, CommandSpec root) {
    return root.subcommands().values().stream()
        .anyMatch(it -> it.getCommandSpec().optionsMap().containsKey(option));
  }

  private static boolean exists(String word) {
    try {
      return Files.exists(Path.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String perhaps(String option, CommandSpec spec) {
    List<String> names = longNames(spec).map(it -> it.substring(2)).toList();
    String nearest =
        Nearest.of(option.replaceFirst("^--?", ""), names).stream()
            .map(it -> "--" + it)
            .collect(Collectors.joining(" or "));
    return nearest.isEmpty() ? "" : "; perhaps " + nearest;
  }

  private static Stream<String> longNames(CommandSpec spec) {
    return spec.optionsMap().keySet().stream().filter(it -> it.startsWith("--"));
  }

  /**
   * The words that were run together, if the word begins with an option and goes on with another
   * option or with its value.
   */
  private static Optional<String> runTogether(String word, CommandSpec spec) {
    return longNames(spec)
        .filter(it -> word.startsWith(it) && word.length() > it.length())
        .max(Comparator.comparingInt(String::length))
        .flatMap(
            it ->
                rest(word.substring(it.length()).strip(), spec.findOption(it), spec)
                    .map(rest -> it + " " + rest));
  }

  private static Optional<String> rest(String rest, OptionSpec first, CommandSpec spec) {
    boolean option = spec.optionsMap().containsKey(rest.split("=", 2)[0]);
    boolean value = first.arity().max() > 0 && !rest.startsWith("-");
    return option || value ? Optional.of(rest) : Optional.empty();
  }

  /** The first word that looks like an option and is none. */
  private static Optional<String> unknownOption(CommandSpec spec, String[] args) {
    String before = "";
    for (String word : args) {
      if (word.equals(END_OF_OPTIONS)) {
        return Optional.empty();
      }
      if (looksLikeAnOption(word) && !isKnown(word, spec) && !takesAValue(before, spec)) {
        return Optional.of(word);
      }
      before = word;
    }
    return Optional.empty();
  }

  private static boolean isKnown(String word, CommandSpec spec) {
    boolean cluster = !word.startsWith("--") && spec.optionsMap().containsKey(word.substring(0, 2));
    return cluster || spec.optionsMap().containsKey(word.split("=", 2)[0]);
  }

  private static boolean takesAValue(String word, CommandSpec spec) {
    return Optional.ofNullable(spec.findOption(word))
        .filter(it -> it.arity().max() > 0)
        .isPresent();
  }

  private static String missing(MissingParameterException e, String[] args) {
    return e.getMissing().stream()
        .filter(OptionSpec.class::isInstance)
        .map(OptionSpec.class::cast)
        .flatMap(it -> asWritten(it, args).map(name -> missingValue(name, it)))
        .findFirst()
        .orElseGet(e::getMessage);
  }

  /** The option's names as they occur on the command line; none if it is missing altogether. */
  private static Stream<String> asWritten(OptionSpec option, String[] args) {
    return Arrays.stream(args).filter(Set.of(option.names())::contains);
  }

  private static String missingValue(String name, OptionSpec option) {
    return "%s: its value is missing; write %s %s".formatted(name, name, option.paramLabel());
  }

  private static Optional<String> badValue(ArgSpec of, String value) {
    if (of.arity().max() == 0) {
      return Optional.of("%s=%s: this option takes no value".formatted(name(of), value));
    }
    // The converters of this program have messages of their own.
    Class<?> type = of.auxiliaryTypes().length > 0 ? of.auxiliaryTypes()[0] : of.type();
    return NUMBERS.contains(type) && of.converters().length == 0
        ? Optional.of("%s %s: this is no number; give one".formatted(name(of), value))
        : Optional.empty();
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
