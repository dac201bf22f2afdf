package org.sysretreplay.analytics.cli;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.report.ShellWord;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Writes commands for the user to copy: the command itself, and others that look closer at its
 * frames and judge them in the same way.
 */
final class FollowUpCommands {

  /**
   * The classes whose options say how traces are read and judged; these options are carried over.
   */
  private static final Set<Class<?>> SHARED =
      Set.of(OneModel.class, MachineOptions.class, InputFormat.class);

  private FollowUpCommands() {}

  /** The command itself, as a line for a shell. */
  static String command(ParseResult parsed) {
    return line(
        List.of(Stream.of("sysret-replay"), parsed.originalArgs().stream().map(ShellWord::of)));
  }

  /**
   * The command that explains a frame, as a line for a shell.
   *
   * @param parsed the command line whose options to carry over
   * @param source the source, quoted for a shell
   * @param frame the frame's id, quoted for a shell
   */
  static String explain(ParseResult parsed, String source, String frame) {
    // A frame's id begins with its trace's name, which may look like an option.
    Stream<String> words =
        frame.startsWith("-") ? Stream.of("--", source, frame) : Stream.of(source, frame);
    return line(List.of(Stream.of("sysret-replay explain"), shared(parsed), words));
  }

  /**
   * For each model, the command that lists the frames as it judges them, as a line for a shell to
   * which options may be added. Empty if the sources cannot be read again.
   *
   * @param models the names of the models
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
        .filter(FollowUpCommands::isShared)
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
