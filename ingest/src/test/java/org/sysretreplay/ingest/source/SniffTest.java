package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.TraceBytes;

/** Every format's sniffer against every sample: exactly one claims it, or none. */
class SniffTest {

  private static final String JSON_LINE =
      "{\"rip\":\"0x1\",\"rcx\":\"0x1\",\"r11\":2,\"rflags\":2,\"cs\":\"0x33\",\"ss\":\"0x2b\"}\n";

  static List<Path> workloads() {
    return Traces.workloads();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void aRecordingIsPerfDataOnly(Path workload) throws IOException {
    assertThat(claimants(Files.readAllBytes(workload.resolve("perf.data"))))
        .containsExactly(TraceFormat.PERF_DATA);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void itsTextIsPerfScriptOnly(Path workload) throws IOException {
    assertThat(claimants(Traces.perfScript(workload))).containsExactly(TraceFormat.PERF_SCRIPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"probes.trace.gz", "probes-trace-cmd.trace.gz"})
  void whatFtracePrintsIsFtraceOnly(String text) throws IOException {
    byte[] head = TraceBytes.head(Traces.samples().resolve("flavours").resolve(text), 1 << 14);
    assertThat(claimants(head)).containsExactly(TraceFormat.FTRACE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# tracer: nop\n#\n",
        "# os release : 6.12.95\n# tracer: nop\n#\n",
        "CPU:1 [LOST 190 EVENTS]\n              ls-12      [000] d..1.     1.5: e: \n",
        "CPU 0 is empty\ncpus=2\n              ls-12    [000]     1.500000: e:      x\n",
        "version = 7\ncpus=2\n              ls-12    [001]161327467720: e:      x\n",
        "f half a line\n              ls-12      (     12) [000] .....     1.5: e: \n",
        "          <idle>-0       (-------) [001] d.h1.     1.5: e: \n"
      })
  void textOfFtraceWithAndWithoutItsHeader(String text) {
    assertThat(claimants(text)).containsExactly(TraceFormat.FTRACE);
  }

  @Test
  void aLineWithAFrameKeyIsJsonLinesOnly() {
    assertThat(claimants(JSON_LINE)).containsExactly(TraceFormat.JSONL);
    assertThat(claimants("\n  {\"comm\": \"a 1/1 [0] 1.0: b\", \"rip\" : 1}\n"))
        .containsExactly(TraceFormat.JSONL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# ========\n# captured on    : Sun Nov 22 06:33:11 2026\n# ========\n#\n",
        "# captured on    : Sun Nov 22 06:33:11 2026\n",
        "\n\n   ls  12/12  [000] 1.5: e: \n",
        "x0 NR 1 = 1 ABI:2 CX:0x1\n   ls  12/12  [000] 1.5: e: \n",
        "ls 12 [000] 1.5: e: \n"
      })
  void textWithAHeaderOrWithAHalfFirstLineIsPerfScript(String text) {
    assertThat(claimants(text)).containsExactly(TraceFormat.PERF_SCRIPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "expected.py",
        "record",
        "flavours/record-ftrace",
        "shell/expected.json",
        "shell/forks.sh"
      })
  void whatLiesBesideTheTracesIsNotClaimed(String name) throws IOException {
    assertThat(claimants(Files.readAllBytes(Traces.samples().resolve(name)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"jpeg,ffd8ffe000104a46494600010101", "empty,''", "one zero byte,00", "elf,7f454c46"})
  void otherFilesAreNotClaimed(String what, String hex) {
    assertThat(claimants(HexFormat.of().parseHex(hex))).as(what).isEmpty();
  }

  @Test
  void aPackedFileIsClaimedByWhatIsInIt(@TempDir Path folder) throws IOException {
    byte[] line = JSON_LINE.getBytes(StandardCharsets.UTF_8);
    assertThat(TraceFormat.of(Traces.gzip(folder.resolve("a"), line))).contains(TraceFormat.JSONL);
    assertThat(TraceFormat.of(Traces.zstd(folder.resolve("b"), line))).contains(TraceFormat.JSONL);
  }

  @Test
  void whatADamagedFileStillGivesIsEnough(@TempDir Path folder) throws IOException {
    byte[] packed = Files.readAllBytes(Traces.samples().resolve("shell").resolve("perf.script.gz"));
    Path half = Files.write(folder.resolve("half.gz"), Arrays.copyOf(packed, packed.length / 2));
    assertThat(TraceFormat.of(half)).contains(TraceFormat.PERF_SCRIPT);
  }

  @Property(tries = 500)
  void randomBytesAreClaimedByOneAtMostAndNeverThrow(@ForAll @Size(max = 400) byte[] bytes) {
    assertThat(claimants(bytes)).hasSizeLessThanOrEqualTo(1);
  }

  @Property(tries = 300)
  void randomTextIsClaimedByOneAtMostAndNeverThrows(@ForAll String text) {
    assertThatCode(() -> claimants(text)).doesNotThrowAnyException();
    assertThat(claimants("{\"rip\":" + text)).hasSizeLessThanOrEqualTo(1);
    assertThat(claimants("a 1/1 [0] " + text)).hasSizeLessThanOrEqualTo(1);
    assertThat(claimants("a-1 [0] 1.5: " + text)).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void parquetIsClaimedByParquetAndAnEncryptedOneToo() {
    assertThat(claimants("PAR1\u0015\u0004")).containsExactly(TraceFormat.PARQUET);
    assertThat(claimants("PARE")).containsExactly(TraceFormat.PARQUET);
    assertThat(claimants("PAR")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "perf-data,PERF_DATA",
    "perf-script,PERF_SCRIPT",
    "ftrace,FTRACE",
    "jsonl,JSONL",
    "parquet,PARQUET"
  })
  void everyFormatIsFoundByItsId(String id, TraceFormat format) {
    assertThat(TraceFormat.byId(id)).contains(format);
    assertThat(format.id()).isEqualTo(id);
    assertThat(TraceFormat.byId("elf")).isEmpty();
  }

  private static List<TraceFormat> claimants(String text) {
    return claimants(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<TraceFormat> claimants(byte[] bytes) {
    return TraceFormat.claimants(Arrays.copyOf(bytes, Math.min(bytes.length, 1 << 14)));
  }
}
