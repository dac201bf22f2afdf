package org.sysretreplay.analytics.cli;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command that explains a frame just as another command judged it. */
final class ExplainLine {

  /** Whose options say how a trace is read and judged; explain has all of them. */
  private static final Set<Class<?>> SHARED =
      Set.of(OneModel.class, MachineOptions.class, InputFormat.class);

  private ExplainLine() {}

  /**
   * The line for a shell.
   *
   * @param parsed the options of the other command
   * @param source as a word of the shell
   * @param frame its id as a word of the shell
   */
  static String of(ParseResult parsed, String source, String frame) {
    Stream<String> options =
        parsed.matchedOptions().stream()
            .filter(ExplainLine::isShared)
            .distinct()
            .flatMap(it -> words(it).stream());
    // A trace's name may look like an option.
    Stream<String> words =
        frame.startsWith("-") ? Stream.of("--", source, frame) : Stream.of(source, frame);
    return Stream.concat(Stream.concat(Stream.of("sysret-replay explain"), options), words)
        .collect(Collectors.joining(" "));
  }

  private static boolean isShared(OptionSpec option) {
    return option.userObject() instanceof Field field && SHARED.contains(field.getDeclaringClass());
  }

  private static List<String> words(OptionSpec option) {
    return option.arity().max() == 0
        ? List.of(option.longestName())
        : List.of(option.longestName(), ShellWord.of(option.originalStringValues().get(0)));
  }
}
