package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.emulator.EntryPath;

/** The options for the machine and for the way back, and the verdicts that they change. */
class MachineOptionsTest {

  private static final List<String> CLEAN =
      List.of("--rip", "0x401000", "--rcx", "0x401000", "--r11", "0x246", "--rflags", "0x246");

  @TempDir private Path folder;

  private static Result explain(String model, String options) {
    List<Object> line = new ArrayList<>(List.of("explain", "--model", model));
    line.addAll(CLEAN);
    line.addAll(Arrays.asList(options.split(" ")));
    return CliRunner.run(line.toArray());
  }

  @ParameterizedTest
  @CsvSource({
    // Calls that 4.6 to 4.15 divert by their number, and a call that they do not.
    "--untraced --nr 57 --ret 4711, linux-4.4, FAST_SYSRET",
    "--untraced --nr 57 --ret 4711, linux-4.6, SYSRET",
    "--untraced --nr 56 --ret -11, linux-4.6, SYSRET",
    "--untraced --nr 057 --ret 4711, linux-4.6, SYSRET",
    "--untraced --nr 0x39 --ret 0xfffffffffffffff5, linux-4.6, SYSRET",
    "--untraced --nr 172 --ret 0, linux-4.6, SYSRET",
    "--untraced --nr 39 --ret 7, linux-4.6, FAST_SYSRET",
    // execve that fails.
    "--untraced --nr 59 --ret -2, linux-3.19, IRET_ROUTE",
    "--untraced --nr 59 --ret -2, seed, SYSRET",
    "--untraced --nr 59 --ret -2, linux-4.0, SYSRET",
    "--untraced --nr 59 --ret -2, linux-4.1, FAST_SYSRET",
    "--untraced --nr 59 --ret -2, linux-4.6, SYSRET",
    // Children of fork.
    "--untraced --entry fork, linux-3.19, FAST_SYSRET",
    "--untraced --entry fork --patched-fork-children, linux-3.19, IRET_ROUTE",
    "--untraced --entry fork --quiet, 3.19.8, IRET_ROUTE",
    "--untraced --entry fork --quiet, 3.19.7, FAST_SYSRET",
    "--untraced --entry fork, linux-4.0, SYSRET",
    "--untraced --entry fork --patched-fork-children, linux-4.6, IRET_ROUTE",
    // Kinds of work.
    "--untraced --seccomp, linux-4.4, FAST_SYSRET",
    "--untraced --seccomp, linux-4.6, SYSRET",
    "--untraced --audit, linux-3.19, FAST_SYSRET",
    "--untraced --audit, seed, FAST_SYSRET",
    "--untraced --audit, linux-4.0, SYSRET",
    "--untraced --nohz-full, linux-3.19, IRET_ROUTE",
    "--untraced --nohz-full, seed, SYSRET",
    "--untraced --seccomp --nohz-full, linux-4.4, SYSRET",
    // Ways back that no recording shows.
    "--untraced --path syscall_reschedule, seed, FAST_SYSRET",
    "--untraced --path syscall_reschedule, linux-4.0, SYSRET",
    "--path nmi, seed, IRET_ROUTE",
    "--path kernel_thread_exec, linux-4.4, SYSRET",
    "--path int80, linux-3.19, IRET_ROUTE",
    "--path int80, linux-4.4, IRET_ROUTE",
    "--path int80, fred, ERETU"
  })
  void theWayBackAndTheMachineDecide(String options, String model, String outcome) {
    Result result = explain(model, options);

    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("\nOutcome: " + outcome + ", ");
  }

  @ParameterizedTest
  @EnumSource(EntryPath.class)
  void everyWayBackCanBeAskedFor(EntryPath path) {
    assertThat(explain("seed", "--path " + path.key()).out())
        .startsWith("A frame by hand\n  entered  by ")
        .contains("\n  path     " + path.key() + ": ");
  }

  @Test
  void theHelpNamesEveryWayBack() {
    String help = CliRunner.run("explain", "--help").out().replaceAll("\\s+", " ");
    for (EntryPath path : EntryPath.values()) {
      assertThat(help).contains(path.key());
    }
  }

  @Test
  void theCallIsNamed() {
    assertThat(explain("linux-4.6", "--untraced --nr 57 --ret 4711").out())
        .startsWith(
            """
            A frame by hand
              syscall  fork = 4711
              entered  by a 64-bit SYSCALL
              path     syscall_full_frame: fork, vfork, clone (the parent) or iopl, without
                       work
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--path nothing | --path nothing: there is no such path; choose from syscall_no_work, ",
        "--ret 0 | --ret: the result of which syscall? Give --nr, too.",
        "--nr x | --nr: \"x\" is no number; give one such as 57, -1 or 0x39.",
        "--nr 1 --ret x | --ret: \"x\" is no number; give one such as 57, -1 or 0x39.",
        "--nr 1 --entry interrupt | --nr: no syscall returns after a hardware interrupt; leave out"
            + " --nr and --ret.",
        "--path nmi --entry syscall | --path nmi is a way back after a hardware interrupt, not after"
            + " a 64-bit SYSCALL; leave out --entry."
      })
  void whatContradictsItselfIsRefused(String options, String message) {
    Result result = explain("seed", options);

    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).startsWith("sysret-replay: " + message);
  }

  private Path trace(String... frames) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String frame : frames) {
      lines.add(
          "{%s,\"rip\":\"0x401000\",\"rcx\":\"0x401000\",\"r11\":\"0x246\",\"rflags\":\"0x246\",\"cs\":\"0x33\",\"ss\":\"0x2b\"}"
              .formatted(frame));
    }
    return Files.write(folder.resolve("calls.jsonl"), lines);
  }

  private static JsonNode row(Object... line) throws IOException {
    Result result = CliRunner.run(line);
    assertThat(result.exit()).isZero();
    return new ObjectMapper().readTree(result.out()).get("rows").get(0);
  }

  @Test
  void reportsJudgeForTheMachineToo() throws IOException {
    Path calls =
        trace(
            "\"entry\":\"syscall\",\"nr\":39,\"ret\":7",
            "\"entry\":\"syscall\",\"nr\":57,\"ret\":8",
            "\"entry\":\"syscall\",\"nr\":59,\"ret\":-2",
            "\"entry\":\"fork\"");
    Object[] asked = {"report", calls, "--format=json", "--model=linux-4.6", "--untraced"};

    JsonNode plain = row(asked);
    assertThat(plain.get("fast_sysret").asInt()).isEqualTo(1);
    assertThat(plain.get("sysret").asInt()).isEqualTo(2);
    assertThat(plain.get("iret_route").asInt()).isEqualTo(1);

    Object[] contained = Arrays.copyOf(asked, asked.length + 1);
    contained[asked.length] = "--seccomp";
    assertThat(row(contained).get("sysret").asInt()).isEqualTo(3);

    contained[asked.length] = "--quiet";
    contained[3] = "--model=linux-3.19";
    assertThat(row(contained).get("fast_sysret").asInt()).isEqualTo(3);
    contained[asked.length] = "--patched-fork-children";
    assertThat(row(contained).get("fast_sysret").asInt()).isEqualTo(2);
    contained[asked.length] = "--quiet";
    contained[3] = "--model=3.19.8";
    assertThat(row(contained).get("fast_sysret").asInt()).isEqualTo(2);
  }

  @Test
  void theMachineIsSaidBelowTheReport() throws IOException {
    Path calls = trace("\"nr\":39,\"ret\":7");
    String report =
        CliRunner.run(
                "report",
                calls,
                "--untraced",
                "--seccomp",
                "--audit",
                "--nohz-full",
                "--patched-fork-children")
            .out()
            .replaceAll("\\s+", " ");
    assertThat(report)
        .contains(
            "Judged as the kernel would have run unobserved (--untraced). With seccomp filters"
                + " (--seccomp), with audit (--audit), on processors of nohz_full (--nohz-full). With"
                + " the fix for children of fork (--patched-fork-children).");
  }

  /** In a Xen PV guest both ways back are the same hypercall, under every kernel. */
  @ParameterizedTest
  @CsvSource({"seed", "linux-4.16", "linux-5.12", "linux-6.9"})
  void aXenPvGuestSavesNothingAndMissesNothing(String model) throws IOException {
    Path calls = trace("\"entry\":\"interrupt\"", "\"nr\":-1,\"ret\":0", "\"nr\":39,\"ret\":7");

    Result bare = CliRunner.run("report", calls, "--model", model, "--call-ns", "100");
    Result guest = CliRunner.run("report", calls, "--model", model, "--call-ns", "100", "--xen-pv");

    assertThat(cost(bare)).doesNotMatch("calls +0 ns +0 ns +n/a +0 ns +0 ns +n/a +100 ns");
    assertThat(cost(guest)).matches("calls +0 ns +0 ns +n/a +0 ns +0 ns +n/a +100 ns");
  }

  private static String cost(Result report) {
    List<String> lines = report.out().lines().map(String::strip).toList();
    int head = lines.indexOf("Time, estimated and not measured");
    return lines.subList(head, lines.size()).stream()
        .filter(it -> it.startsWith("calls "))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void explainSaysWhatReturnsAXenPvGuest() {
    assertThat(explain("seed", "--xen-pv").out().replaceAll("\\s+", " "))
        .contains(
            "In a Xen PV guest that is the iret hypercall with a flag: no SYSRET instruction runs, and"
                + " nothing is saved.")
        .contains("A Xen PV guest returns by the iret hypercall, by SYSRET and IRETQ never")
        .doesNotContain("IRETQ restores");
    assertThat(explain("linux-6.9", "--xen-pv").out()).contains("with the frame as it was saved.");
  }

  @Test
  void explainSaysWhatReturnsUnderFred() {
    assertThat(explain("fred", "--quiet").out())
        .contains(
            """

            ERETU restores the frame
              rip 0x401000, cs 0x33, ss 0x2b, rflags 0x246, and RSP in full (0x0)
              RCX and R11 are the program's own: nothing is returned to through them.

            Under FRED SYSRET and SYSEXIT raise #UD; no kernel executes them there.
            """)
        .doesNotContain("IRETQ");
  }

  @ParameterizedTest
  @CsvSource({"0x63", "0x6b", "0x73"})
  void aThreadLocalStackSegmentIsNoCertainFault(String ss) {
    assertThat(explain("seed", "--ss " + ss).out())
        .contains(
            """

            IRETQ may get to user mode or not
              not known: it depends on what the thread put into the GDT for selector %s
            """
                .formatted(ss));
  }
}
