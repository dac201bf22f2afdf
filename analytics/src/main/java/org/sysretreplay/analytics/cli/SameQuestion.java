package org.sysretreplay.analytics.cli;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.report.ShellWord;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Commands that look closer at what another command judged, and judge it just as that one did. */
final class SameQuestion {

  /** Whose options say how traces are read and judged; all of these commands have them. */
  private static final Set<Class<?>> SHARED =
      Set.of(OneModel.class, MachineOptions.class, InputFormat.class);

  private SameQuestion() {}

  /** The command itself, for a shell. */
  static String command(ParseResult parsed) {
    return line(
        List.of(Stream.of("sysret-replay"), parsed.originalArgs().stream().map(ShellWord::of)));
  }

  /**
   * The command that explains a frame, for a shell.
   *
   * @param parsed the options of the other command
   * @param source as a word of the shell
   * @param frame its id as a word of the shell
   */
  static String explain(ParseResult parsed, String source, String frame) {
    // A trace's name may look like an option.
    Stream<String> words =
        frame.startsWith("-") ? Stream.of("--", source, frame) : Stream.of(source, frame);
    return line(List.of(Stream.of("sysret-replay explain"), shared(parsed), words));
  }

  /**
   * The commands that list frames as each model of the other command judges them, for a shell;
   * options may be added. None where the sources cannot be read again.
   *
   * @param models the names of the models, in their order
   */
  static List<String> frames(ParseResult parsed, List<String> sources, List<String> models) {
    if (sources.contains(StandardOutput.NAME.toString())) {
      return List.of();
    }
    return models.stream()
        .map(
            it ->
                line(
                    List.of(
                        Stream.of("sysret-replay frames"),
                        sources.stream().map(ShellWord::ofFile),
                        Stream.of("--model", ShellWord.of(it)),
                        shared(parsed))))
        .toList();
  }

  private static String line(List<Stream<String>> words) {
    return words.stream().flatMap(it -> it).collect(Collectors.joining(" "));
  }

  private static Stream<String> shared(ParseResult parsed) {
    return parsed.matchedOptions().stream()
        .filter(SameQuestion::isShared)
        .distinct()
        .flatMap(it -> words(it).stream());
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
