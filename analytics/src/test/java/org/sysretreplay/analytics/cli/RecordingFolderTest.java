package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** The commands with folders that perf wrote. */
class RecordingFolderTest {

  private static final Path RECORDING = SampleTraces.ROOT.resolve("trap-flag/perf.data");

  @TempDir Path folder;

  private Path first;

  @BeforeEach
  void record() throws IOException {
    first = recording("first.data");
    recording("second.data");
  }

  private Path recording(String name) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    Files.copy(RECORDING, made.resolve("data"));
    return made;
  }

  private static String csv(Path source) {
    Result result = CliRunner.run("check", source, "--format", "csv");
    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    return result.out();
  }

  private static String csvOfFile(String workload) {
    return CliRunner.run("check", RECORDING, "--workload", workload, "--format", "csv").out();
  }

  @Test
  void eachIsAWorkloadOfItsOwnName() {
    assertThat(csv(first)).isEqualTo(csvOfFile("first"));
    assertThat(csv(first.resolve("data"))).isEqualTo(csvOfFile("first"));
    String header = csvOfFile("first").lines().findFirst().orElseThrow() + "\n";
    assertThat(csv(folder)).isEqualTo(csvOfFile("first") + csvOfFile("second").replace(header, ""));
  }

  @Test
  void nothingIsWrittenOverAFileOfTheRecording() {
    Path output = first.resolve("data.0");
    Result result = CliRunner.run("check", first, "--output", output);
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains(output + ": this is also the input; name another file.");
  }
}
