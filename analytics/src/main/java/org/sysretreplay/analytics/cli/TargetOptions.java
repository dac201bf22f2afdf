package org.sysretreplay.analytics.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command line names to be recorded: a command, processes, or everything. */
final class TargetOptions {

  private static final char NO_CHARACTER = '\uFFFD';

  @Parameters(
      paramLabel = "COMMAND...",
      hideParamSyntax = true,
      arity = "0..*",
      description = "The command to record; all that follows it is its own.")
  private List<String> command = List.of();

  @Option(
      names = {"-p", "--pid"},
      paramLabel = "PID",
      split = ",",
      description =
          "Record these processes, with all their threads and what these start, until the last of them"
              + " ends.")
  private List<Long> pids = List.of();

  @Option(
      names = {"-a", "--all-cpus"},
      description =
          "Record all that runs on all processors but perf itself, until Ctrl-C or for a time.")
  private boolean everything;

  /**
   * What is to be recorded.
   *
   * @throws UsageException where it is not one thing, or nothing that is there
   */
  RecordTarget find(Surroundings surroundings) {
    long asked =
        Stream.of(!command.isEmpty(), !pids.isEmpty(), everything).filter(it -> it).count();
    if (asked != 1) {
      throw new UsageException(
          asked == 0
              ? "there is nothing to record; name a command, a process with -p PID, or all with -a."
              : "one thing is recorded at a time: a command, processes (-p PID), or all (-a); name one.");
    }
    if (everything) {
      return new RecordTarget.Everything();
    }
    if (!pids.isEmpty()) {
      return RecordTarget.Processes.find(pids, surroundings.root());
    }
    command.forEach(TargetOptions::checkWord);
    checkProgram(command.get(0), surroundings);
    return new RecordTarget.Command(command);
  }

  /** Java reads words as UTF-8, and puts one character in place of whatever is none. */
  private static void checkWord(String word) {
    if (word.indexOf(NO_CHARACTER) >= 0) {
      throw new UsageException(
          "%s: this word of the command is not in UTF-8 and would reach it changed; put the command into a script, and record that."
              .formatted(word));
    }
  }

  private static void checkProgram(String program, Surroundings surroundings) {
    if (surroundings.program(program).isEmpty()) {
      throw new UsageException(
          program.contains("/") && Files.isRegularFile(Path.of(program))
              ? program + ": it may not be executed; see its permissions."
              : program + ": there is no such command to record; check the name.");
    }
  }
}
