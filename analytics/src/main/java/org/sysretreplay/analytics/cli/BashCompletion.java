package org.sysretreplay.analytics.cli;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The script by which bash completes command lines. Picocli's script completes a single value
 * behind a blank; the lines added here complete behind an equals sign and behind a comma as well.
 */
final class BashCompletion {

  private static final String VALUES =
      """

      # Bash takes an equals sign for a word of its own, and values between commas for one.
      function _complete_values_of_%1$s() {
        local word before= words=() last=${COMP_WORDS[COMP_CWORD]}
        for word in "${COMP_WORDS[@]:0:COMP_CWORD}"; do
          [ "$word" = "=" ] || words+=("$word")
        done
        [ "$last" != "=" ] || last=
        case ${words[${#words[@]} - 1]}:$last in
          %2$s)
            before=${last%%,*},
            last=${last##*,}
            ;;
        esac
        local COMP_WORDS=("${words[@]}" "$last") COMP_CWORD=${#words[@]}
        _complete_%1$s "$@"
        [ -z "$before" ] || COMPREPLY=("${COMPREPLY[@]/#/$before}")
      }
      complete -o default -F _complete_values_of_%1$s %1$s
      """;

  private BashCompletion() {}

  /** The script for all commands. */
  static String script(CommandLine root) {
    String name = root.getCommandName();
    String lists =
        root.getSubcommands().values().stream()
            .flatMap(it -> it.getCommandSpec().options().stream())
            .filter(BashCompletion::isList)
            .flatMap(it -> Stream.of(it.names()))
            .distinct()
            .sorted()
            .map(it -> it + ":*,*")
            .collect(Collectors.joining(" | "));
    return AutoComplete.bash(name, root) + VALUES.formatted(name, lists);
  }

  private static boolean isList(OptionSpec option) {
    return option.typeInfo().isMultiValue() && option.completionCandidates() != null;
  }
}
