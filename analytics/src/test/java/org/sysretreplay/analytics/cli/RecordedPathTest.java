package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/** What is recorded is what a shell runs, and its own commands are too. */
class RecordedPathTest {

  private static final Path EVENTS = Path.of("/sys/kernel/tracing/events/raw_syscalls/sys_exit/id");

  @TempDir private Path folder;

  /** Has a program of its own come first on the PATH that is called as one of the system is. */
  private String path() throws IOException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path own = Files.writeString(bin.resolve("ls"), "#!/bin/sh\necho own\n");
    assertThat(own.toFile().setExecutable(true)).isTrue();
    return bin + File.pathSeparator + System.getenv("PATH");
  }

  @ParameterizedTest
  @CsvSource({"perf, ls", "perf, sh -c ls", "bpftrace, ls", "bpftrace, sh -c ls"})
  void theFirstOnThePathIsRecorded(String recorder, String command) throws Exception {
    assumeTrue(
        Surroundings.ofThisProcess().program(recorder).isPresent(), recorder + " is not installed");
    assumeTrue(Files.isReadable(EVENTS), "the kernel's events may not be read here");
    List<Object> all = new ArrayList<>(List.of("record", "-o", folder.resolve("recording")));
    if (recorder.equals("bpftrace")) {
      all.add("--counts");
    }
    all.add("--");
    all.addAll(List.of(command.split(" ")));

    Result result = MainProcess.startOn(path(), folder, all.toArray()).await();

    assertThat(result.exit()).as(result.err()).isZero();
    // perf's own messages go to standard error.
    assertThat(result.out()).isEqualTo("own\n");
  }

  @Test
  void aPerfThatIsNotOnThisProcessesPathIsNamedByItsPath() {
    Surroundings other =
        new Surroundings(List.of(folder), List.of(), folder, "x", Optional.empty());

    assertThat(other.wordOf(folder.resolve("perf"))).isEqualTo(folder.resolve("perf").toString());
    assertThat(Surroundings.ofThisProcess().wordOf(Path.of("/usr/bin/perf"))).isEqualTo("perf");
  }
}
