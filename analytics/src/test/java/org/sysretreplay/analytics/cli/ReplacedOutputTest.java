package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.SampleTraces;

/** An output over an earlier one: it stays where it was, and for whom it was. */
@DisabledOnOs(OS.WINDOWS)
class ReplacedOutputTest {

  private static final Path TRACE = SampleTraces.ROOT.resolve("shell/perf.data");

  @TempDir private Path folder;

  static Stream<List<String>> writers() {
    return Stream.of(
        List.of("report", "--format", "json"),
        List.of("compare", "@linux-6.9", "--format", "html"),
        List.of("frames", "--limit", "1"),
        List.of("replay", "--format", "jsonl"));
  }

  private static void write(List<String> writer, Path file) {
    List<Object> command = new ArrayList<>(writer);
    command.add(1, TRACE);
    command.addAll(List.of("--quiet", "--output", file));
    assertThat(CliRunner.run(command.toArray()).exit()).isZero();
  }

  @ParameterizedTest
  @MethodSource("writers")
  void keepsItsPermissions(List<String> writer) throws IOException {
    Path file = Files.writeString(folder.resolve("out"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    write(writer, file);
    assertThat(file).content().isNotEqualTo("old");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @MethodSource("writers")
  void isMadeWhereALinkPointsTo(List<String> writer) throws IOException {
    Path latest = Files.createSymbolicLink(folder.resolve("latest"), Path.of("2026-11-30"));
    write(writer, latest);
    assertThat(latest).isSymbolicLink();
    assertThat(folder.resolve("2026-11-30")).isRegularFile().isNotEmptyFile();
  }
}
