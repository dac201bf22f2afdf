package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/**
 * Files of whose records not one can be taken, beside others: each is told of with a remedy, and
 * the exit code says that the answer is not of everything.
 */
class ExitlessFilesTest {

  private static final Path SHELL = SampleTraces.ROOT.resolve("shell/perf.data");

  @TempDir private Path folder;

  @TempDir private Path elsewhere;

  /** Why there is nothing to take. */
  enum Kind {
    ALL_REJECTED("app.perf.data", "the sample has no user registers; record with --user-regs=") {
      @Override
      void writeTo(Path file) throws IOException {
        Files.copy(SampleTraces.ROOT.resolve("bad/no-user-registers.perf.data"), file);
      }
    },
    ALL_IGNORED(
        "calls.perf.script",
        ": none of its records is a return to user space; record raw_syscalls:sys_exit, ") {
      @Override
      void writeTo(Path file) throws IOException {
        Files.writeString(
            file,
            """
            app 7/7 [000] 9.000001: raw_syscalls:sys_enter: NR 39 (0, 0, 0, 0, 0, 0)
            app 7/7 [000] 9.000002: raw_syscalls:sys_enter: NR 39 (0, 0, 0, 0, 0, 0)
            """);
      }
    };

    private final String name;
    private final String remedy;

    Kind(String name, String remedy) {
      this.name = name;
      this.remedy = remedy;
    }

    abstract void writeTo(Path file) throws IOException;
  }

  @BeforeEach
  void good() throws IOException {
    Files.copy(SHELL, folder.resolve("good.perf.data"));
  }

  private Path in(Kind kind) throws IOException {
    Path file = folder.resolve(kind.name);
    kind.writeTo(file);
    return file;
  }

  private static void assertTold(Path file, Kind kind, Result... results) {
    for (Result result : results) {
      assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
      assertThat(result.errLines())
          .anyMatch(it -> it.startsWith("sysret-replay: " + file) && it.contains(kind.remedy));
    }
  }

  @ParameterizedTest
  @EnumSource
  void areToldOfBesideAGoodOne(Kind kind) throws IOException {
    Path file = in(kind);
    assertTold(
        file,
        kind,
        CliRunner.run("report", folder),
        CliRunner.run("report", SHELL, file, "--quiet"),
        CliRunner.run("check", SHELL, file),
        CliRunner.run("report", folder, "--as-recorded", "--quiet"),
        CliRunner.run("frames", folder, "--limit", "1", "--quiet"),
        CliRunner.run("replay", folder, "--output", elsewhere.resolve("v"), "--quiet"));
  }

  @ParameterizedTest
  @EnumSource
  void doNotPassAGateInARunWithAGoodOne(Kind kind) throws IOException {
    assertTold(
        in(kind),
        kind,
        CliRunner.run("compare", SHELL, folder, "--workload", "w", "--fail-below", "1"),
        CliRunner.run("compare", folder, SHELL, "--workload", "w", "--fail-below", "1"),
        CliRunner.run("compare", folder, "@linux-6.9", "--fail-below", "50", "--quiet"));
  }

  @ParameterizedTest
  @EnumSource
  void areToldOfWhereTheyGoIntoAStore(Kind kind) throws IOException {
    Path file = in(kind);
    Path store = elsewhere.resolve("store");
    Result result = CliRunner.run("ingest", folder, "--into", store, "--quiet");
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.errLines())
        .singleElement()
        .asString()
        .startsWith("sysret-replay: " + file + ": ");
    assertThat(CliRunner.run("report", store).exit()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void areToldOfWhereNothingElseIsInAStore(Kind kind) throws IOException {
    Path store = elsewhere.resolve("store");
    CliRunner.run("ingest", in(kind), "--into", store);
    Result result = CliRunner.run("report", store, "--quiet");
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.errLines()).singleElement().asString().contains(kind.remedy);
  }

  /** The sentence on the rejects of all names the first file only. */
  @Test
  void ofSeveralEachIsNamed() throws IOException {
    Path first = in(Kind.ALL_REJECTED);
    Path second = folder.resolve("b.perf.data");
    Kind.ALL_REJECTED.writeTo(second);
    for (Result result :
        List.of(CliRunner.run("report", folder), CliRunner.run("report", folder, "--quiet"))) {
      assertTold(first, Kind.ALL_REJECTED, result);
      assertTold(second, Kind.ALL_REJECTED, result);
      assertThat(result.errLines()).hasSize(2);
    }
  }

  /** What is said of a file that is good apart from that stays a note. */
  @Test
  void someRejectsAreNoReasonToDoubtTheRest() {
    Path damaged = SampleTraces.ROOT.resolve("bad/sample-truncated.perf.data");
    Result result = CliRunner.run("report", SHELL, damaged, "--quiet");
    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
  }
}
