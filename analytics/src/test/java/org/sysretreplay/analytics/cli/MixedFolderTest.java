package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;

/**
 * A folder with good and odd files: each odd one gets one line with a remedy, the others are
 * judged.
 */
class MixedFolderTest {

  private static final String REGISTERS =
      " ABI:2    AX:0x7    CX:%s    SP:0x7ffd00001234    IP:0x401000 FLAGS:0x246    CS:0x33"
          + "    SS:0x2b   R11:0x246\n";

  private static final String EXIT = "app 7/7 [000] 9.00000%d: raw_syscalls:sys_exit: NR 39 = 7";

  @TempDir private Path folder;

  @TempDir private Path stores;

  @BeforeEach
  void collect() throws IOException {
    copy("shell/perf.data", "shell.perf.data");
    copy("compat32/perf.data", "old32.perf.data");
    copy("synthetic/fred.perf.script", "fred.perf.script");
    copy("synthetic/iopl.perf.script", "older.perf.script");
    copy("bad/other-machine.perf.data", "arm.perf.data");
    copy("bad/empty.perf.data", "nothing.perf.data");
    Files.writeString(
        folder.resolve("stacks.perf.script"),
        EXIT.formatted(1)
            + "\n\t    7f1234567890 read+0x10 (/lib/libc.so.6)\n"
            + REGISTERS.formatted("0x401000")
            + "\n"
            + EXIT.formatted(2)
            + "\n\t    7f1234567890 read+0x10 (/lib/libc.so.6)\n"
            + REGISTERS.formatted("0x401000"));
    Files.writeString(
        folder.resolve("rhel7.perf.script"),
        "# os release : 3.10.0-1160.el7.x86_64\n"
            + EXIT.formatted(1)
            + REGISTERS.formatted("0xffffffffffffffff"));
  }

  private void copy(String sample, String name) throws IOException {
    Files.copy(SampleTraces.ROOT.resolve(sample), folder.resolve(name));
  }

  private static String oneLine(Result result) {
    return result.out().replaceAll("\\s+", " ");
  }

  @Test
  void eachOddityIsOneLineWithItsRemedy() {
    Result result = CliRunner.run("report", folder);
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
    assertThat(result.errLines()).hasSize(3).allMatch(it -> it.contains("; "));
    assertThat(result.err())
        .contains(
            "nothing.perf.data: the file is empty; record again.",
            "arm.perf.data: it was recorded on aarch64, and only exits of x86-64 can be judged;",
            "rhel7.perf.script:2: raw_syscalls:sys_exit: the kernel reported RCX as -1");
    assertThat(result.out().lines()).allMatch(it -> it.length() <= 80);
    assertThat(result.out())
        .containsPattern("(?m)^ stacks +2 +2 +0 +100\\.0 % +100\\.0 % +n/a")
        .containsPattern("(?m)^ rhel7 +0 +0 +0 +n/a +n/a +n/a +n/a$")
        .doesNotContain("arm:", "nothing:");
  }

  @Test
  void kernelsThatNoExitCameFromAreNotToldOf() {
    assertThat(oneLine(CliRunner.run("report", folder)))
        .contains("Linux 4.19.0 (linux-4.16): 77.8 %. By their own kernel")
        .contains("Recorded with FRED active (1 of 6 traces)")
        .doesNotContain("Red Hat", "other kernel", "(linux-3.19)");
  }

  @Test
  void byTheirOwnKernelsNothingIsSaidOfOthers() {
    Result result = CliRunner.run("report", folder, "--model", "auto", "--quiet");
    assertThat(oneLine(result))
        .doesNotContain("what other models than fred say")
        .contains(
            "Left out, not counted, since their kernel is not known or its model cannot judge here: stacks.perf.script-");
    assertThat(result.out().lines()).allMatch(it -> it.length() <= 80);
  }

  @Test
  void aStoreOfItIsReportedInTheSameWay() {
    Path store = stores.resolve("store");
    Result ingested = CliRunner.run("ingest", folder, "--into", store);
    assertThat(ingested.exit()).isEqualTo(ExitCode.INPUT);
    for (String model : List.of("seed", "auto")) {
      assertThat(CliRunner.run("report", store, "--model", model, "--format", "json").out())
          .isEqualTo(CliRunner.run("report", folder, "--model", model, "--format", "json").out());
    }
  }
}
