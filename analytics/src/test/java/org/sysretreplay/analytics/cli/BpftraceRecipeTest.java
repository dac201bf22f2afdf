package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.SampleTraces;

/** The script of FORMATS.md, as it stands there, on this machine's own kernel. */
@EnabledOnOs(OS.LINUX)
class BpftraceRecipeTest {

  private static final String CODE = "    ";
  private static final long TIMEOUT_SECONDS = 60;

  @TempDir private Path folder;

  private static String recipe() throws IOException {
    String formats = Files.readString(SampleTraces.ROOT.resolveSibling("ingest/FORMATS.md"));
    return formats
        .substring(formats.indexOf("### By bpftrace"))
        .lines()
        .dropWhile(it -> !it.startsWith(CODE))
        .takeWhile(it -> it.startsWith(CODE))
        .map(it -> it.substring(CODE.length()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static void assumeItMayRun() throws IOException {
    assumeTrue(
        Surroundings.ofThisProcess().program("bpftrace").isPresent(), "bpftrace is not installed");
    assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "the kernel has no BTF");
    assumeTrue(
        Files.isReadable(Path.of("/sys/kernel/tracing/events/raw_syscalls/sys_exit/id")),
        "the kernel's events may not be read here");
    Path config = Path.of("/proc/config.gz");
    assumeTrue(Files.exists(config), "the kernel does not tell how it was built");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(config))) {
      String options = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assumeTrue(
          options.lines().noneMatch(List.of("CONFIG_X86_FRED=y", "CONFIG_KASAN=y")::contains),
          "the top of this kernel's stacks is laid out otherwise");
    }
  }

  @Test
  void everyExitThatItPrintsIsOne() throws Exception {
    assumeItMayRun();
    Path script = Files.writeString(folder.resolve("sysret.bt"), recipe());
    Process busy = new ProcessBuilder("sh", "-c", "while :; do (sleep 0.01; :); done").start();
    Path lines = folder.resolve("exits.jsonl");
    try {
      Process bpftrace =
          new ProcessBuilder("bpftrace", "-q", script.toString(), Long.toString(busy.pid()), "2")
              .redirectOutput(lines.toFile())
              .redirectError(folder.resolve("messages").toFile())
              .start();
      assertThat(bpftrace.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
      assumeTrue(bpftrace.exitValue() == 0, "bpftrace may not run here");
    } finally {
      busy.destroy();
    }
    CliRunner.Result check = CliRunner.run("check", lines, "--by", "entry", "--format", "json");
    assertThat(check.exit()).as(check.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(check.out());
    assertThat(report.at("/input/rejected").longValue()).isZero();
    assertThat(report.get("rows"))
        .extracting(it -> it.get("entry").textValue())
        .containsExactlyInAnyOrder("syscall", "exception");
    for (JsonNode row : report.get("rows")) {
      long hits = row.get("entry").textValue().equals("syscall") ? row.get("exits").asLong() : 0;
      assertThat(row.get("sysret").longValue()).as(row.toString()).isEqualTo(hits);
      assertThat(row.at("/any_miss/CS_NOT_USER_CS").isMissingNode()).isTrue();
    }
  }
}
