package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

class StandardOutputNamesTest {

  private static final String RECORDING = SampleTraces.recording("threads").file();

  /** Where it is a file, that is added to and not replaced. */
  @ParameterizedTest
  @ValueSource(strings = {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
  void aReportGoesThereByAnyOfItsNames(String name) {
    assertThat(StandardOutput.isNamed(Path.of(name))).isTrue();

    Result named = CliRunner.run("report", RECORDING, "-o", name);

    assertThat(named.out()).isEqualTo(CliRunner.run("report", RECORDING).out());
  }

  @Test
  void noOtherFileIsIt() {
    assertThat(StandardOutput.isNamed(Path.of("stdout"))).isFalse();
    assertThat(StandardOutput.isNamed(Path.of("/dev/stderr"))).isFalse();
  }
}
