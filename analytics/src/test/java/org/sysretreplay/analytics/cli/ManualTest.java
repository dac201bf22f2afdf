package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManualTest {

  private static final long TIMEOUT_SECONDS = 60;
  private static final String VERSION = "1.2.3";

  @TempDir private static Path share;

  @BeforeAll
  static void write() throws IOException {
    Manual.write(share, VERSION);
  }

  static Stream<CommandLine> commands() {
    CommandLine root = Cli.model();
    return Stream.concat(Stream.of(root), root.getSubcommands().values().stream().distinct());
  }

  static Stream<Path> pages() {
    return commands().map(it -> page(it));
  }

  private static Path page(CommandLine command) {
    return share.resolve("man/man1").resolve(command.getCommandSpec().qualifiedName("-") + ".1");
  }

  private static Path completion() {
    return share.resolve("bash-completion/completions/sysret-replay");
  }

  @Test
  void isTheSameEveryTimeItIsMade(@TempDir Path other) throws IOException {
    Manual.write(other, VERSION);
    assertThat(Folders.content(other)).isEqualTo(Folders.content(share));
    for (Path page : pages().toList()) {
      assertThat(other.resolve(share.relativize(page))).hasSameBinaryContentAs(page);
    }
    assertThat(other.resolve(share.relativize(completion()))).hasSameBinaryContentAs(completion());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void tellsOfEveryOptionAndEveryArgument(CommandLine command) throws IOException {
    String text = Files.readString(page(command), StandardCharsets.US_ASCII).replace("\\-", "-");
    assertThat(text).contains(" 1 \"\" \"sysret-replay " + VERSION + "\"\n");
    assertThat(text).doesNotContain("${", "%n");
    command
        .getCommandSpec()
        .options()
        .forEach(
            option ->
                assertThat(text)
                    .contains(Stream.of(option.names()).map(it -> "\\fB" + it + "\\fR").toList()));
    command
        .getCommandSpec()
        .positionalParameters()
        .forEach(it -> assertThat(text).contains("\n\\fI" + it.paramLabel() + "\\fR"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void groffHasNothingToComplainOf(Path page) throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/groff")), "there is no groff");
    assertThat(run("groff", "-ww", "-z", "-man", "-Tascii", page.toString())).isEmpty();
    List<String> lines = run("groff", "-man", "-Tascii", "-P-cbou", page.toString());
    assertThat(lines).contains("NAME", "SYNOPSIS", "DESCRIPTION");
    assertThat(lines).allMatch(it -> it.length() <= 80);
  }

  /**
   * Picocli's script keys the values of options by their labels, so options of one label need the
   * same values.
   */
  @ParameterizedTest
  @MethodSource("commands")
  void optionsOfOneLabelHaveTheSameValues(CommandLine command) {
    Map<String, List<String>> values = new HashMap<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      List<String> own = new ArrayList<>();
      if (option.completionCandidates() != null) {
        option.completionCandidates().forEach(own::add);
      }
      if (!own.isEmpty()) {
        assertThat(
                values.merge(
                    option.paramLabel(),
                    own,
                    (before, now) -> now.equals(before) ? now : List.of()))
            .as(option.longestName())
            .isEqualTo(own);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          re                             | record report replay
          report --fo                    | --format
          report --format ''             | text json csv markdown parquet html
          frames --format p              | parquet
          replay x --format j            | jsonl
          report --format = j            | json
          report --by =                  | entry event syscall comm pid tid cpu second window=WIDTH stage cause
          report --by entry,c            | entry,comm entry,cpu entry,cause
          report --by = entry,stage,ca   | entry,stage,cause
          report --model linux-6         | linux-6.7 linux-6.9
          report --model a               | all auto
          explain --model a              | auto
          frames --cause fault,si        | fault,signal_delivery fault,sigreturn fault,single_step
          ingest --input-format perf     | perf-data perf-script
          explain --entry f              | fork
          models fr                      | fred
          help v                         | verify version
          """)
  void bashCompletesCommandsOptionsAndValues(String line, String completed) throws Exception {
    assertThat(complete(line.split(" "))).containsExactly(completed.split(" "));
  }

  @Test
  void bashCompletesFilesOfOneNameOnly() throws Exception {
    assertThat(complete("report", "x", "-o", "no such,file")).isEmpty();
  }

  /** Bash warns that it is not completing, which is true in this test. */
  private static List<String> complete(String... words) throws Exception {
    assumeTrue(Files.exists(Path.of("/bin/bash")), "there is no bash");
    String script =
        """
        source "$1"; shift
        COMP_WORDS=(sysret-replay "$@"); COMP_CWORD=$#
        function_of=$(complete -p sysret-replay); function_of=${function_of##*-F }
        ${function_of%% *} sysret-replay 2>/dev/null
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", script, "bash", completion().toString()));
    Stream.of(words).map(it -> it.equals("''") ? "" : it).forEach(command::add);
    return run(command.toArray(String[]::new)).stream()
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .toList();
  }

  private static List<String> run(String... command) throws Exception {
    Path out = Files.createTempFile("manual", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
      return Files.readAllLines(out);
    } finally {
      Files.delete(out);
    }
  }
}
