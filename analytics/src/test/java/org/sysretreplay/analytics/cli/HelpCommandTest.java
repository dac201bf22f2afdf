package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.cli.CliRunner.Result;

class HelpCommandTest {

  /** A line of picocli's own width, which the program keeps to wherever it runs. */
  private static final int WIDTH = 80;

  static List<String> names() {
    return Cli.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void showsTheHelpOfEachCommandAsItsOwnOptionDoes(String name) {
    Result result = CliRunner.run("help", name);
    assertThat(result.out()).startsWith("Usage: sysret-replay ");
    assertThat(result.out()).isEqualTo(CliRunner.run(name, "--help").out());
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(result.out().lines()).allMatch(it -> it.length() <= WIDTH);
  }

  @Test
  void listsAllCommandsWhereNoneIsNamed() {
    Result result = CliRunner.run("help");
    assertThat(result.out()).isEqualTo(CliRunner.run("--help").out());
    assertThat(result.out()).contains("report, check", "\n  help ", "\n  version ");
    assertThat(result.out().lines()).allMatch(it -> it.length() <= WIDTH);
    assertThat(result.exit()).isZero();
  }

  @Test
  void saysWhatCommandsThereAre() {
    Result result = CliRunner.run("help", "nonsense");
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: nonsense: there is no such command; choose from "
                + String.join(", ", Cli.names())
                + ".");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(CliRunner.run("help", "reprot").err())
        .startsWith("sysret-replay: reprot: there is no such command; perhaps report; choose ");
  }

  @Test
  void showsTheVersionAsTheOptionDoes() {
    Result result = CliRunner.run("version");
    assertThat(result.out()).startsWith("sysret-replay ");
    assertThat(result.out()).isEqualTo(CliRunner.run("--version").out());
    assertThat(result.exit()).isZero();
  }
}
