package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.SampleTraces;

/** The README answers each question by a command; each command prints what stands there. */
class QuestionsOfTheReadmeTest {

  private static final Path ROOT = SampleTraces.ROOT.toAbsolutePath().normalize().getParent();
  private static final Pattern BLOCK =
      Pattern.compile("```\n\\$ \\./sysret-replay (.*?)\n(.*?)```", Pattern.DOTALL);
  private static final String LEFT_OUT = "[...]\n";

  /** The digits depend on the trace's folder. */
  private static final String TRACE_ID = "perf\\.data-[0-9a-f]{8}";

  private static final int HOSTS = 200;
  private static final int FRAMES = 500;

  @TempDir private static Path folder;

  /** A command and what it prints, parts of which are left out. */
  record Answer(String command, String output) {

    @Override
    public String toString() {
      return command;
    }
  }

  static Stream<Answer> answers() throws IOException {
    String section =
        Files.readString(ROOT.resolve("README.md"))
            .split("\n## Nine questions\n")[1]
            .split("\n## ")[0];
    return BLOCK.matcher(section).results().map(it -> new Answer(it.group(1), it.group(2)));
  }

  /** A fleet of hosts that are alike, except two. */
  @BeforeAll
  static void makeTheFleet() throws IOException {
    Path fleet = Files.createDirectory(folder.resolve("fleet"));
    Random random = new Random(2015);
    for (int host = 0; host < HOSTS; host++) {
      int share = host == 17 || host == 133 ? 70 : 90;
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < FRAMES; i++) {
        boolean hit = random.nextInt(100) < share;
        lines.append(
            """
            {"entry":"%s","rip":"0x401000","rcx":"%s","r11":"0x246","rflags":"0x246","cs":"0x33","ss":"0x2b"}
            """
                .formatted(hit ? "syscall" : "interrupt", hit ? "0x401000" : "0x7"));
      }
      Files.writeString(fleet.resolve("host-%03d.jsonl".formatted(host)), lines);
    }
  }

  private static Path placed(String argument) {
    return argument.startsWith("sample-traces") ? ROOT.resolve(argument) : folder.resolve(argument);
  }

  private static Object[] placed(List<String> arguments) {
    return arguments.stream()
        .map(it -> it.matches("(sample-traces|fleet|report\\.html)\\b.*") ? placed(it) : it)
        .toArray();
  }

  private static String masked(String output) {
    return output
        .replace(ROOT + "/", "")
        .replace(folder + "/", "")
        .replaceAll(TRACE_ID, "perf.data-XXXXXXXX");
  }

  @ParameterizedTest
  @MethodSource("answers")
  void aCommandPrintsWhatTheReadmeShows(Answer answer) {
    CliRunner.Result result =
        CliRunner.run(new Terminal(true, false), placed(List.of(answer.command().split(" +"))));
    assertThat(result.exit())
        .as(result.err())
        .isEqualTo(answer.command().contains("--fail-below") ? ExitCode.GATE : ExitCode.OK);
    String left = masked(result.out());
    for (String part : masked(answer.output()).split(Pattern.quote(LEFT_OUT))) {
      assertThat(left).contains(part);
      left = left.substring(left.indexOf(part) + part.length());
    }
    assertThat(answer.output().endsWith(LEFT_OUT) || left.isEmpty()).isTrue();
  }

  /** The help alone leads to the command of each question. */
  @Test
  void helpNamesTheNine() throws IOException {
    assertThat(answers()).hasSize(9);
    String help = CliRunner.run("--help").out();
    assertThat(answers().map(it -> it.command().split(" +")[0]).distinct())
        .allSatisfy(it -> assertThat(help).containsPattern("(?m)^  .*  " + it + " [A-Z0-9]"));
    assertThat(help.lines().filter(it -> it.matches("  \\S.*  (report|frames|compare|models) .*")))
        .hasSize(9);
  }
}
