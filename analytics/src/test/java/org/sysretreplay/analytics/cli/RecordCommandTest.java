package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.analytics.report.ShellWord;
import org.sysretreplay.ingest.sample.RecordedEvent;

/** Against a perf that only notes what it was asked for, and once against the real one. */
@DisabledOnOs(OS.WINDOWS)
class RecordCommandTest {

  private static final int WIDTH = 80;
  private static final long TIMEOUT_SECONDS = 60;

  /** Comes after the options were noted; {@code $file} is the recording, {@code $@} the command. */
  private static final String RECORDS =
      "cp '%s' \"$file\"".formatted(SampleTraces.ROOT.resolve("shell/perf.data").toAbsolutePath());

  private static final String FAILS = "exit 255";

  /** A command for a shell that takes no notice of TERM. */
  private static final String DEAF = "trap '' TERM; while :; do sleep 1; done";

  private static final String WRITES_HALF =
      "head -c 100000 '%s' >\"$file\"; exit 255"
          .formatted(SampleTraces.ROOT.resolve("shell/perf.data").toAbsolutePath());

  /** What the sample is said to hold: what {@code check} says. */
  private static String counts;

  @TempDir private Path folder;
  private Path bin;
  private Path tracing;
  private Path file;

  @BeforeAll
  static void countTheSample() throws IOException {
    Path sample = SampleTraces.ROOT.resolve("shell/perf.data");
    JsonNode input =
        new ObjectMapper()
            .readTree(CliRunner.run("check", sample, "--format", "json").out())
            .get("input");
    long records = input.get("seen").longValue();
    counts =
        "%,d records, %,d exits, 0 lost.".formatted(records, input.get("accepted").longValue());
    assertThat(records).isGreaterThan(1000);
  }

  @BeforeEach
  void makeAKernelThatHasEverything() throws IOException {
    bin = Files.createDirectory(folder.resolve("bin"));
    tracing = folder.resolve("tracing");
    for (RecordedEvent event : RecordedEvent.values()) {
      Files.createDirectories(eventFolder(event));
      Files.writeString(eventFolder(event).resolve("id"), "1\n");
    }
    script("app", "exit 0");
    file = folder.resolve("app.perf.data");
  }

  private Path eventFolder(RecordedEvent event) {
    return tracing.resolve("events").resolve(event.event().replace(':', '/'));
  }

  private void perf(String body) throws IOException {
    script(
        "perf",
        """
        printf '%%s\\n' "$@" >'%s'
        while [ "$1" != -o ]; do shift; done
        file=$2
        shift 3
        %s
        """
            .formatted(folder.resolve("arguments"), body));
  }

  private Path script(String name, String body) throws IOException {
    Path script = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  private List<String> arguments() throws IOException {
    return Files.readAllLines(folder.resolve("arguments"));
  }

  private Result record(Object... arguments) {
    return recordBy("./sysret-replay", arguments);
  }

  /** Runs {@code record} with a PATH and a kernel of the test's own. */
  private Result recordBy(String launcher, Object... arguments) {
    Surroundings surroundings =
        new Surroundings(
            List.of(folder.resolve("nothing"), bin),
            List.of(tracing, folder.resolve("debug")),
            folder.resolve("root"),
            launcher,
            Optional.empty());
    return CliRunner.runIn(
        surroundings, Stream.concat(Stream.of("record"), Stream.of(arguments)).toArray());
  }

  private void assertFails(Result result, int exit, String... sentences) {
    assertThat(result.errLines())
        .containsExactlyElementsOf(Stream.of(sentences).map("sysret-replay: "::concat).toList());
    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void asksPerfForEveryEventAndRegister() throws IOException {
    perf(RECORDS);
    Result result = record("-o", file, "--", "app", "-x", "--", "-o", "y");
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: " + file + ": " + counts,
            "sysret-replay: next: ./sysret-replay report " + file);
    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(String.join(" ", arguments()))
        .isEqualTo(
            "record -e raw_syscalls:sys_enter -e raw_syscalls:sys_exit"
                + " -e exceptions:page_fault_user -e irq_vectors:local_timer_exit"
                + " -e irq_vectors:reschedule_exit -e irq_vectors:call_function_exit"
                + " -e irq_vectors:call_function_single_exit -e signal:signal_deliver"
                + " -e rseq:rseq_ip_fixup --user-regs=ip,flags,cx,r11,cs,ss,sp,ax -c 1 -m 1024 -o "
                + file
                + " -- app -x -- -o y");
  }

  @Test
  void asksPerfForSamplesOfWhatCanBeJudgedAlone() throws IOException {
    perf(RECORDS);
    Result result = record("-o", file, "--every", "101", "--", "app");
    assertThat(result.exit()).isZero();
    assertThat(String.join(" ", arguments()))
        .isEqualTo(
            "record -e raw_syscalls:sys_exit -e exceptions:page_fault_user"
                + " --user-regs=ip,flags,cx,r11,cs,ss,sp,ax --no-period -c 101 -m 1024 -o "
                + file
                + " -- app");
    assertThat(result.errLines().subList(0, 2))
        .containsExactly(
            "sysret-replay: sampled, one of every 101 exits of system calls and of every 101 page"
                + " faults: what a thread did next (a signal, a restart, a debugger's edit) is not"
                + " seen, and interrupts are left out, since one alone does not tell whether it hit"
                + " the kernel.",
            "sysret-replay: perf counts for each thread and processor by itself: a thread that comes"
                + " to fewer than 101 there is not met; with -a all threads of a processor count"
                + " together.");
  }

  @Test
  void aPeriodThatIsNoPrimeIsToldWithTheNext() throws IOException {
    perf(RECORDS);
    assertThat(record("-o", file, "--every", "100", "-a").errLines().get(1))
        .isEqualTo(
            "sysret-replay: 100 is no prime: of a loop whose number of calls shares a divisor with"
                + " it, only some calls are ever met; --every 101 meets all.");
    assertThat(record("-o", file, "--every", "2", "-a").err()).doesNotContain("prime");
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000_000_000, 999_999_938})
  void whereTheNextPrimeIsTooLargeTheOneBelowIsTold(long every) throws IOException {
    perf(RECORDS);
    assertThat(record("-o", file, "--every", every, "-a").errLines().get(1))
        .endsWith(" --every 999999937 meets all.");
    assertThat(record("-o", file, "--every", "999999937", "-a").err()).doesNotContain("prime");
  }

  @Test
  void everyFirstEventIsEveryEvent() throws IOException {
    perf(RECORDS);
    Result result = record("-o", file, "--every", "1", "app");
    assertThat(result.err()).doesNotContain("sampled");
    assertThat(arguments()).contains("raw_syscalls:sys_enter").doesNotContain("--no-period");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1_000_000_001, Long.MAX_VALUE})
  void aPeriodIsANumberThatPerfCanCountTo(long every) throws IOException {
    perf(RECORDS);
    assertFails(
        record("-o", file, "--every", every, "app"),
        ExitCode.USAGE,
        "--every %d: one of how many events is to be written? Give a number from 1 to 1,000,000,000, such as 101."
            .formatted(every));
  }

  @Test
  void writesWhatIsKnownOfTheMachineBesideTheRecording() throws IOException {
    Path cpuinfo = folder.resolve("root/proc/cpuinfo");
    Files.createDirectories(cpuinfo.getParent());
    Files.writeString(cpuinfo, "flags : fpu la57\n");
    Files.writeString(folder.resolve("root/proc/cmdline"), "root=/dev/x key=secret fred=on\n");
    perf(RECORDS);
    record("-o", file, "app");
    Path machine = folder.resolve("app.perf.data.machine.json");
    assertThat(machine)
        .hasContent(
            """
            {
              "schema" : "sysret-replay/machine/1",
              "la57" : true,
              "fred" : false,
              "hypervisor" : "none",
              "kernel_parameters" : [ "fred=on" ]
            }
            """);
    Files.writeString(machine, "{}");
    record("-o", file, "app");
    assertThat(folder.resolve("app.perf.data.old.machine.json"))
        .as("goes with what was recorded before")
        .hasContent("{}");
    assertThat(machine).content().contains("la57");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--", ""})
  void leavesTheCommandsOwnWordsAlone(String delimiter) throws IOException {
    perf(FAILS);
    List<String> command =
        List.of("app", "-h", "--help", "-o", "-m", "x", "", "a  b", "@file", "--", "'\"", "${x}");
    List<String> all = new ArrayList<>(List.of("-m", "64", "-o", file.toString(), delimiter));
    all.removeIf(String::isEmpty);
    all.addAll(command);
    assertThat(record(all.toArray()).exit()).isEqualTo(ExitCode.USAGE);
    List<String> passedOn = arguments();
    assertThat(passedOn).containsSequence("-m", "64", "-o", file.toString(), "--");
    assertThat(passedOn.subList(passedOn.indexOf("--") + 1, passedOn.size())).isEqualTo(command);
  }

  @ParameterizedTest
  @CsvSource({"app,", "PATH,", "app,web shop"})
  void namesTheFileAfterTheWorkload(String program, String workload) throws IOException {
    perf(FAILS);
    String command = program.equals("PATH") ? bin.resolve("app").toString() : program;
    if (workload == null) {
      record(command);
    } else {
      record("--workload", workload, command);
    }
    String name = workload == null ? "app" : workload;
    assertThat(arguments()).containsSequence("-o", name + ".perf.data");
  }

  @ParameterizedTest
  @CsvSource({
    "app.perf.data,      app,          ''",
    "app.perf.data,      ,             ''",
    "other.perf.data,    ,             ''",
    "other.perf.data,    app,          ' --workload app'",
    "other.perf.data,    it's a shop,  ' --workload ''it''\\''''s a shop'''",
    "other.perf.data,    ' ',          ''",
  })
  void tellsTheWorkloadWhereTheFileDoesNot(String name, String workload, String hint)
      throws IOException {
    perf(RECORDS);
    Path named = folder.resolve(name);
    Result result =
        workload == null
            ? record("-o", named, "app")
            : record("-o", named, "--workload", workload, "app");
    assertThat(result.err()).endsWith("next: ./sysret-replay report " + named + hint + "\n");
  }

  @Test
  void quotesWhatAShellWouldTakeApart() throws IOException {
    perf(RECORDS);
    Path blank = folder.resolve("my $app.perf.data");
    assertThat(recordBy("/my tools/sysret-replay", "-o", blank, "app").err())
        .endsWith("next: '/my tools/sysret-replay' report '" + blank + "'\n");
    assertThat(ShellWord.ofFile("-x")).isEqualTo("./-x");
    assertThat(ShellWord.of("")).isEqualTo("''");
    assertThat(ShellWord.of("größe_1.perf.data")).isEqualTo("größe_1.perf.data");
  }

  @ParameterizedTest
  @CsvSource({
    "3,   app ended with exit code 3.",
    "143, app ended with exit code 143 (signal 15).",
    "255, app ended with exit code 255."
  })
  void tellsTheCommandsExitCodeAndSucceeds(int code, String sentence) throws IOException {
    perf(RECORDS + "; exit " + code);
    Result result = record("-o", file, "app");
    assertThat(result.errLines())
        .startsWith("sysret-replay: " + sentence, "sysret-replay: " + file + ": " + counts);
    assertThat(result.exit()).isZero();
  }

  @Test
  void saysWhatAKernelHasNotAndRecordsTheRest() throws IOException {
    perf(RECORDS);
    for (RecordedEvent event : List.of(RecordedEvent.RSEQ_IP_FIXUP, RecordedEvent.SYS_ENTER)) {
      Files.delete(eventFolder(event).resolve("id"));
      Files.delete(eventFolder(event));
    }
    Result result = record("-o", file, "app");
    assertThat(result.errLines())
        .hasSize(3)
        .startsWith(
            "sysret-replay: this kernel does not have raw_syscalls:sys_enter, rseq:rseq_ip_fixup;"
                + " recording without.");
    assertThat(result.exit()).isZero();
    assertThat(arguments())
        .containsSubsequence("raw_syscalls:sys_exit", "signal:signal_deliver")
        .doesNotContain("raw_syscalls:sys_enter", "rseq:rseq_ip_fixup");
  }

  @Test
  void needsTheEndOfSystemCalls() throws IOException {
    perf(RECORDS);
    Files.delete(eventFolder(RecordedEvent.SYS_EXIT).resolve("id"));
    Files.delete(eventFolder(RecordedEvent.SYS_EXIT));
    assertFails(
        record("-o", file, "app"),
        ExitCode.USAGE,
        "this kernel has no raw_syscalls:sys_exit, without which there is little to replay; record"
            + " on one with CONFIG_FTRACE_SYSCALLS.");
  }

  @Test
  void saysHowToMountTheKernelsEvents() throws IOException {
    perf(RECORDS);
    Files.move(tracing, folder.resolve("elsewhere"));
    String sentence =
        "%s: the kernel's events are not there; run: mount -t tracefs nodev %s."
            .formatted(tracing, tracing);
    assertFails(record("-o", file, "app"), ExitCode.USAGE, sentence);
    Files.createDirectory(tracing);
    assertFails(record("-o", file, "app"), ExitCode.USAGE, sentence);
    Files.move(folder.resolve("elsewhere"), folder.resolve("debug"));
    assertThat(record("-o", file, "app").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "events/raw_syscalls/sys_enter/id"})
  void saysThatOnlyRootMayReadTheKernelsEvents(String unreadable) throws IOException {
    perf(RECORDS);
    Path path = tracing.resolve(unreadable);
    assertThat(path.toFile().setReadable(false) && path.toFile().setExecutable(false)).isTrue();
    assumeFalse(Files.isReadable(path), "root may read everything");
    assertFails(
        record("-o", file, "app"),
        ExitCode.USAGE,
        path + ": you may not read it, and the kernel's events are there; run as root.");
  }

  @Test
  void saysHowToGetPerf() {
    assertFails(
        record("-o", file, "app"),
        ExitCode.USAGE,
        "perf is not on the PATH; install it (the package is linux-perf or linux-tools).");
  }

  @Test
  void saysWherePerfCannotBeRun() throws IOException {
    Files.writeString(script("perf", ""), "#!/no/such/shell\n");
    Result result = record("-o", file, "app");
    assertThat(result.err())
        .startsWith("sysret-replay: " + bin.resolve("perf") + ": it cannot be run (")
        .endsWith("); try it by hand.\n");
    assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void pointsToWhatPerfSaidWhereItRecordedNothing() throws IOException {
    perf(FAILS);
    assertFails(
        record("-o", file, "app"),
        ExitCode.USAGE,
        "perf recorded nothing (exit code 255) and says why above; where it lacks a permission, run"
            + " as root, or set kernel.perf_event_paranoid to -1.");
    assertThat(file).doesNotExist();
  }

  @Test
  void aPerfThatDoesNotKnowWhatItIsAskedForIsNotTakenForOneThatASignalEnded() throws IOException {
    perf("exit 129");
    assertFails(
        record("-o", file, "app"),
        ExitCode.USAGE,
        "perf recorded nothing (exit code 129): it did not take what it was asked for, and says why above;"
            + " it may be too old, so install a newer one.");
    perf("exit 137");
    assertFails(
        record("-o", file, "app"),
        ExitCode.USAGE,
        "perf recorded nothing: signal 9 ended it; record again.");
    perf("head -c 1000 /dev/zero >\"$file\"; exit 129");
    assertThat(record("-o", file, "app").err())
        .endsWith("perf could not finish " + file + ": signal 1 ended it; record again.\n");
  }

  @Test
  void pointsToWhatPerfSaidWhereItCouldNotFinish() throws IOException {
    perf(WRITES_HALF);
    assertFails(
        record("-o", file, "app"),
        ExitCode.USAGE,
        "perf could not finish "
            + file
            + " (exit code 255) and says why above; where it lacks a permission, run as root, or"
            + " set kernel.perf_event_paranoid to -1.");
  }

  @Test
  void namesARecordingThatCannotBeReadThoughPerfIsContent() throws IOException {
    perf("echo PERFILE2 >\"$file\"");
    Result result = record("-o", file, "app");
    assertThat(result.err()).startsWith("sysret-replay: " + file + " @ byte 0x0: the file header");
    assertThat(result.exit()).isEqualTo(ExitCode.INPUT);
  }

  @Test
  void saysWhatToDoAboutLostSamples() throws IOException {
    perf(
        """
        cat >"$file" <<'END'
        app 1/1 [000] 1.5: raw_syscalls:sys_exit: NR 39 = 1 ABI:2 AX:0x1 CX:0x401000 SP:0x7ffd0 \
        IP:0x401000 FLAGS:0x246 CS:0x33 SS:0x2b R11:0x246
        app 1/1 [000] 1.6: PERF_RECORD_LOST lost 1234
        END""");
    for (List<String> pages : List.of(List.of("1", "4096"), List.of("2000", "8000"))) {
      Result result = record("-o", file, "-m", pages.get(0), "app");
      assertThat(result.errLines())
          .contains(
              "sysret-replay: " + file + ": 1 records, 1 exits, 1,234 lost.",
              "sysret-replay: perf lost samples, so every count is too low; record with larger"
                  + " buffers: -m "
                  + pages.get(1)
                  + ".");
      assertThat(result.exit()).isZero();
    }
  }

  @Test
  void countsRejectsAndFailsWhereNothingElseIsThere() throws IOException {
    perf("echo '" + JsonLines.LONG_REGISTER + "' >\"$file\"");
    assertFails(
        record("-o", file, "app"),
        ExitCode.INPUT,
        file + ": 1 records, 0 exits, 1 rejected, 0 lost.",
        "next: ./sysret-replay report " + file);
  }

  @Test
  void failsWhereThereIsNotOneSample() throws IOException {
    perf("printf '# captured on    : today\\n# os release : 6.18\\n' >\"$file\"");
    assertFails(
        record("-o", file, "app"),
        ExitCode.INPUT,
        file + ": 0 records, 0 exits, 0 lost.",
        file
            + ": there is not one sample in it; see what perf says above, or record with smaller buffers, such as -m 128.");
    assertThat(record("-o", file, "--every", "101", "app").err())
        .endsWith(
            ": there is not one sample in it; no thread came to 101 events of a kind on one processor;"
                + " give --every a smaller number, or record all with -a.\n");
  }

  @Test
  void keepsEveryEarlierRecording() throws IOException {
    perf(RECORDS);
    for (String name : List.of("old", "2.old", "3.old")) {
      String text = "before " + name;
      Files.writeString(file, text);
      Path kept = folder.resolve("app.perf.data." + name);
      assertThat(record("-o", file, "app").errLines())
          .startsWith(
              "sysret-replay: what was in " + file + " before is now in " + kept + ".",
              "sysret-replay: " + file + ": " + counts);
      assertThat(kept).hasContent(text);
    }
    assertThat(folder.resolve("app.perf.data.old")).hasContent("before old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 129", ": >\"$file\"; exit 255"})
  void putsAnEarlierRecordingBackWherePerfRecordedNothing(String body) throws IOException {
    perf(body);
    Files.writeString(file, "before");
    assertThat(record("-o", file, "app").errLines()).hasSize(1);
    assertThat(file).hasContent("before");
    assertThat(folder.resolve("app.perf.data.old")).doesNotExist();
  }

  @Test
  void writesOverAnEmptyFile() throws IOException {
    perf(RECORDS);
    Files.createFile(file);
    assertThat(record("-o", file, "app").errLines()).hasSize(2);
    assertThat(folder.resolve("app.perf.data.old")).doesNotExist();
  }

  @Test
  void startsNothingForACommandThatThereIsNot() throws IOException {
    perf(RECORDS);
    Files.writeString(file, "before");
    String remedy = ": there is no such command to record; check the name.";
    assertFails(record("-o", file, "ap"), ExitCode.USAGE, "ap" + remedy);
    assertFails(record("-o", file, "bin/"), ExitCode.USAGE, "bin/" + remedy);
    assertFails(record("-o", file, ""), ExitCode.USAGE, remedy);
    assertFails(
        record("-o", file, file),
        ExitCode.USAGE,
        file + ": it may not be executed; see its" + " permissions.");
    assertThat(folder.resolve("arguments")).doesNotExist();
    assertThat(file).hasContent("before");
  }

  /** The word comes as the byte that is ö in ISO 8859-1. */
  @Test
  void aCommandWhoseWordsAreNotInUtf8IsNotRecordedWithOthers() throws Exception {
    perf(RECORDS);
    String sentence =
        "gr\uFFFDn: this word of the command is not in UTF-8 and would reach it changed; put the command"
            + " into a script, and record that.";
    assertFails(record("-o", file, "app", "-x", "gr\uFFFDn"), ExitCode.USAGE, sentence);
    assertFails(record("-o", file, "--counts", "gr\uFFFDn"), ExitCode.USAGE, sentence);
    assertThat(folder.resolve("arguments")).doesNotExist();
    List<String> words =
        new ArrayList<>(List.of("sh", "-c", "exec \"$@\" \"$(printf 'gr\\366n')\"", "sh"));
    words.addAll(javaWords("-Dx=y", "record", "--", "app"));
    Process process = new ProcessBuilder(words).directory(folder.toFile()).start();
    assertThat(finish(process).errLines()).containsExactly("sysret-replay: " + sentence);
  }

  @Test
  void namesAnOutputThatCannotBe() throws IOException {
    perf(RECORDS);
    assertFails(record("-o", bin, "app"), ExitCode.USAGE, bin + ": this is a folder; name a file.");
    assertFails(
        record("-o", "-", "app"),
        ExitCode.USAGE,
        "-o -: standard output is the command's own; name a file.");
    assertFails(
        record("-o", "/dev/null", "app"),
        ExitCode.USAGE,
        "/dev/null: this is not a regular file; name another.");
    assertFails(
        record("--workload", "web/shop", "app"),
        ExitCode.USAGE,
        "--workload web/shop: this cannot be the name of a file; name one with -o.");
    Path missing = folder.resolve("missing/x");
    assertFails(
        record("-o", missing, "app"),
        ExitCode.USAGE,
        missing + ": its folder does not exist; make the folder, or name another place.");
    assertThat(folder.resolve("arguments")).doesNotExist();
  }

  @Test
  void namesOptionsThatCannotBe() {
    assertFails(
        record("-m", "0", "app"),
        ExitCode.USAGE,
        "--mmap-pages 0: perf needs a buffer; give a number of pages, such as 1024.");
    assertFails(
        record(),
        ExitCode.USAGE,
        "there is nothing to record; name a command, a process with -p PID, or all with -a.");
    String one =
        "one thing is recorded at a time: a command, processes (-p PID), or all (-a); name one.";
    assertFails(record("-a", "app"), ExitCode.USAGE, one);
    assertFails(record("-a", "-p", "1"), ExitCode.USAGE, one);
    assertFails(
        record("-p", "4194999"),
        ExitCode.USAGE,
        "-p 4194999: there is no such process; see its number with ps or pgrep.");
    assertFails(
        record("--for", "soon", "app"),
        ExitCode.USAGE,
        "--for soon: this is no length of time; give a number and one of h, m, s, ms, us, ns, such"
            + " as 60s.");
    assertFails(
        record("--colour", "app"),
        ExitCode.USAGE,
        "--colour: there is no such option. Try: sysret-replay record --help");
  }

  @Test
  void helpsInEightyColumnsAndSaysWhyEachEventIsRecorded() {
    Result result = record("--help");
    assertThat(result.exit()).isZero();
    assertThat(result.out().lines()).allMatch(line -> line.length() <= WIDTH);
    assertThat(result.out())
        .startsWith(
            """
            Usage: sysret-replay record [OPTIONS] [--] COMMAND...
                   sysret-replay record [OPTIONS] -p PID[,PID...]
                   sysret-replay record [OPTIONS] -a
            Records a command and its children, or what runs already: with perf every event
            and register that a replay can use, or with --counts how many exits of each
            kind there were.
            """);
    String unwrapped = result.out().replaceAll("\\s+", " ");
    for (RecordedEvent event : RecordedEvent.values()) {
      assertThat(unwrapped).contains(" " + event.event() + " " + event.why() + " ");
    }
  }

  @Test
  void theReadmeSaysThatPerfIsRunAsItIs() throws IOException {
    String readme = Files.readString(SampleTraces.ROOT.resolveSibling("README.md"));
    String command =
        Perf.commandLine(
                "perf",
                EnumSet.allOf(RecordedEvent.class),
                new Perf.Amount(1024, false, OptionalLong.empty(), 1),
                Path.of("app.perf.data"),
                new RecordTarget.Command(List.of("COMMAND")))
            .stream()
            .collect(Collectors.joining(" "));
    assertThat(readme.replaceAll("\\s*\\\\\n\\s*", " ")).contains("    " + command + "\n");
  }

  @Test
  void givesTheCommandTheUsersInputOutputAndLocale() throws Exception {
    perf("\"$@\"; code=$?; " + RECORDS + "; exit $code");
    script("app", "cat; echo \"${LC_ALL-none}\"; echo oops >&2; exit 3");
    Process process = startWithFakePerf("-Dsysret-replay.lc-all=de_DE", "record", "app");
    process.getOutputStream().write("input\n".getBytes(StandardCharsets.UTF_8));
    Result result = finish(process);
    assertThat(result.out()).isEqualTo("input\nde_DE\n");
    assertThat(result.errLines())
        .containsExactly(
            "oops",
            "sysret-replay: app ended with exit code 3.",
            "sysret-replay: app.perf.data: " + counts,
            "sysret-replay: next: sysret-replay report app.perf.data");
    assertThat(result.exit()).isZero();
    Process none =
        startWithFakePerf("-Dsysret-replay.lc-all=", "record", "-o", "none.perf.data", "app");
    assertThat(finish(none).out()).isEqualTo("none\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void waitsForPerfAndReportsWhenItIsToldToStop(String signal) throws Exception {
    assumeTrue(
        signal.equals("TERM") || !ignoresInt(), "a shell's background jobs take no notice of INT");
    perf(
        """
        trap 'kill $!; %s; exit 143' TERM
        "$@" &
        : >'%s'
        wait"""
            .formatted(RECORDS, folder.resolve("started")));
    script("app", "exec sleep 60");
    Process process = startWithFakePerf("-Dx=y", "record", "app");
    await(folder.resolve("started"));
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    Result result = finish(process);
    assertThat(result.errLines())
        .as("143 is perf's own end, whatever the command's was")
        .containsExactly(
            "sysret-replay: app.perf.data: " + counts,
            "sysret-replay: next: sysret-replay report app.perf.data");
    assertThat(result.exit()).isZero();
  }

  /** Whether this process, and so every one that it starts, ignores signal 2. */
  private static boolean ignoresInt() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .anyMatch(ignored -> (ignored & 1 << 1) != 0);
  }

  private static void await(Path started) throws InterruptedException {
    for (int i = 0; i < TIMEOUT_SECONDS * 20 && !Files.exists(started); i++) {
      Thread.sleep(50);
    }
    assertThat(started).exists();
    // Between the start of perf and the wait for it.
    Thread.sleep(500);
  }

  /** What runs under this number, as the kernel of the test says. */
  private void process(long pid, String comm) throws IOException {
    Path proc = Files.createDirectories(folder.resolve("root/proc/" + pid));
    Files.writeString(proc.resolve("comm"), comm + "\n");
  }

  @Test
  void asksPerfForWhatRunsAlready() throws IOException {
    perf(RECORDS);
    process(7, "web shop");
    process(8, "db");
    assertThat(record("-p", "7,8", "-o", file).exit()).isZero();
    assertThat(arguments())
        .endsWith("-o", file.toString(), "-p", "7,8")
        .doesNotContain("--exclude-perf");
    assertThat(record("-a", "-o", file).exit()).isZero();
    assertThat(arguments())
        .endsWith("-o", file.toString(), "-a")
        .containsSequence("-e", "raw_syscalls:sys_exit", "--exclude-perf");
    perf(FAILS);
    record("-p", "7");
    assertThat(arguments()).containsSequence("-o", "web shop.perf.data");
    record("-a");
    assertThat(arguments()).containsSequence("-o", "everything.perf.data");
  }

  @Test
  void refusesToCountMoreProcessesThanThereIsRoomToFollow() throws IOException {
    process(7, "web shop");
    process(8, "db");
    assertFails(
        record("--counts", "--keys", "1", "-p", "7,8", "-o", file),
        ExitCode.USAGE,
        "--keys 1: there is no room to follow 2 processes; give room for them and for what they start, such"
            + " as --keys 16384.");
    assertThat(record("--counts", "--keys", "2", "-p", "7,8", "-o", file).err())
        .as("there is no bpftrace, either")
        .doesNotContain("--keys");
  }

  @Test
  void compressesWherePerfCan() throws IOException {
    perf(RECORDS);
    String rest = Files.readString(bin.resolve("perf")).replaceFirst("#!/bin/sh\n", "");
    for (String built : List.of("on ", "OFF")) {
      script(
          "perf",
          "[ \"$1\" = version ] && echo '  zstd: [ %s ]  # HAVE_ZSTD' && exit 0\n%s"
              .formatted(built, rest));
      Result result = record("-z", "-o", file, "app");
      boolean can = built.startsWith("on");
      assertThat(arguments().contains("-z")).isEqualTo(can);
      assertThat(result.err().contains("this perf cannot compress; recording without -z."))
          .isEqualTo(!can);
      assertThat(result.exit()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    " 2, 0000000000000000, true",
    "-1, 0000000000000000, false",
    " 2, 0000004000000000, false",
    " 4, 0000000000200000, false",
    " 4, 000001ffffffffff, false"
  })
  void saysWhatPerfWillLackBeforeItDoes(String paranoid, String capabilities, boolean lacks)
      throws IOException {
    perf(RECORDS);
    Path proc = Files.createDirectories(folder.resolve("root/proc/sys/kernel"));
    Files.writeString(proc.resolve("perf_event_paranoid"), paranoid + "\n");
    Path self = Files.createDirectories(folder.resolve("root/proc/self"));
    Files.writeString(self.resolve("status"), "Name:\tjava\nCapEff:\t%s\n".formatted(capabilities));
    String sentence =
        "sysret-replay: kernel.perf_event_paranoid is %s and this process has not CAP_PERFMON, so that perf may be refused; the least that serves: setcap cap_perfmon+ep %s, by root."
            .formatted(paranoid, bin.resolve("perf"));
    Result result = record("-o", file, "app");
    assertThat(result.exit()).isZero();
    if (lacks) {
      assertThat(result.errLines()).contains(sentence);
    } else {
      assertThat(result.err()).doesNotContain("CAP_PERFMON");
    }
  }

  /** A program that makes system calls until it is told to end. */
  private Process busy(String name) throws IOException {
    return new ProcessBuilder(
            script(name, "while [ ! -e '%s' ]; do date >/dev/null; done".formatted(end()))
                .toString())
        .start();
  }

  private Path end() {
    return folder.resolve("end");
  }

  private static List<String> comms(Path recording) throws IOException {
    List<String> comms = new ArrayList<>();
    new ObjectMapper()
        .readTree(CliRunner.run("report", recording, "--by", "comm", "--format", "json").out())
        .get("rows")
        .forEach(row -> comms.add(row.get("comm").textValue()));
    return comms;
  }

  /** Waits until perf has its buffers, which is when it records. */
  private static void awaitPerf(Process recording) throws InterruptedException {
    for (int i = 0; i < TIMEOUT_SECONDS * 20; i++) {
      if (recording.descendants().anyMatch(RecordCommandTest::hasBuffers)) {
        // Long enough for what is recorded to do something.
        Thread.sleep(1000);
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("perf has no buffers");
  }

  private static boolean hasBuffers(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/%d/maps".formatted(process.pid())))
          .contains("[perf_event]");
    } catch (IOException e) {
      return false;
    }
  }

  /** perf ends by the signal that told it to, however its command ended. */
  @Test
  void afterItsTimeNoExitCodeOfTheCommandIsTold() throws IOException {
    perf("trap 'kill $!; %s; exit 143' TERM; sleep 60 & wait".formatted(RECORDS));
    Result result = record("--for", "2s", "-o", file, "app");
    assertThat(result.errLines())
        .containsExactly(
            "sysret-replay: " + file + ": " + counts,
            "sysret-replay: next: ./sysret-replay report " + file);
    assertThat(result.exit()).isZero();
  }

  /** perf waits for its command, and would record it for ever. */
  @Test
  void aCommandThatDoesNotHeedTermIsEndedAfterItsTime() throws Exception {
    assumePerfMayRecord();
    Result result =
        finish(startReal("record", "--for", "1s", "-o", "deaf.perf.data", "--", "sh", "-c", DEAF));

    assertThat(result.err()).contains("report deaf.perf.data");
    assertThat(CliRunner.run("check", folder.resolve("deaf.perf.data")).exit()).isZero();
  }

  @Test
  void aCommandThatDoesNotHeedTermIsEndedAfterItsTimeSoThatItsLastPieceIsInTheStore()
      throws Exception {
    assumePerfMayRecord();

    Result result =
        finish(startReal("record", "--for", "1s", "--into", "deaf", "--", "sh", "-c", DEAF));

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).endsWith("report deaf\n");
    assertThat(CliRunner.run("check", folder.resolve("deaf")).exit()).isZero();
  }

  @Test
  void recordsAProcessForATimeWithTheRealPerf() throws Exception {
    assumePerfMayRecord();
    Process busy = busy("busy-one");
    Process other = busy("busy-two");
    try {
      String pid = Long.toString(busy.pid());
      Result result = finish(startReal("record", "-p", pid, "--for", "3s", "-z"));
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).doesNotContain("exit code").endsWith("report busy-one.perf.data\n");
      assertThat(busy.isAlive()).as("what is recorded goes on").isTrue();
      assertThat(comms(folder.resolve("busy-one.perf.data")))
          .contains("busy-one", "date")
          .doesNotContain("busy-two");
      Result all = finish(startReal("record", "-a", "--for", "3s"));
      assertThat(all.exit()).as(all.err()).isZero();
      assertThat(comms(folder.resolve("everything.perf.data"))).contains("busy-one", "busy-two");
    } finally {
      busy.destroy();
      other.destroy();
    }
  }

  @Test
  void recordsAProcessUntilItEndsOrUntilToldToStopWithTheRealPerf() throws Exception {
    assumePerfMayRecord();
    Process busy = busy("busy-one");
    Process until = startReal("record", "-p", Long.toString(busy.pid()), "-o", "ended.perf.data");
    awaitPerf(until);
    Files.createFile(end());
    Result ended = finish(until);
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.err()).doesNotContain("exit code");
    assertThat(busy.isAlive()).isFalse();
    Process recording = startReal("record", "-a", "-o", "stopped.perf.data");
    awaitPerf(recording);
    new ProcessBuilder("kill", "-TERM", Long.toString(recording.pid())).start().waitFor();
    Result stopped = finish(recording);
    assertThat(stopped.exit()).as(stopped.err()).isZero();
    assertThat(stopped.err()).doesNotContain("exit code").endsWith("report stopped.perf.data\n");
  }

  @Test
  void recordsWhatItCanReadWithTheRealPerf() throws Exception {
    assumePerfMayRecord();
    Result result = finish(startReal("record", "-o", "true.perf.data", "--", "sh", "-c", "exit 4"));
    assertThat(result.exit()).isZero();
    assertThat(result.err())
        .contains("[ perf record: Captured and wrote ")
        .contains("sysret-replay: sh ended with exit code 4.\n")
        .containsPattern("true\\.perf\\.data: [0-9]+ records, [0-9]+ exits, 0 lost\\.\n")
        .endsWith("next: sysret-replay report true.perf.data\n");
    Result check = CliRunner.run("check", folder.resolve("true.perf.data"));
    assertThat(check.exit()).isZero();
    assertThat(check.out()).startsWith("Under seed, ").contains("\ntrue: ", "syscall", "exception");
  }

  /** Page faults and system calls, in shares that only a whole recording tells. */
  @Test
  void theSharesOfAWholeRecordingLieInTheIntervalOfASampleOfTheRealPerf() throws Exception {
    assumePerfMayRecord();
    List<String> command =
        List.of("sh", "-c", "head -c 50000000 /dev/zero | tail -c 50000000 >/dev/null");
    for (String every : List.of("1", "101")) {
      List<String> all =
          new ArrayList<>(
              List.of("record", "-m", "4096", "--every", every, "-o", every + ".perf.data", "--"));
      all.addAll(command);
      Result recorded = finish(startReal(all.toArray(String[]::new)));
      assertThat(recorded.exit()).as(recorded.err()).isZero();
    }
    JsonNode sample = rows("101.perf.data", "entry").get(0);
    double hits = 0;
    double exits = 0;
    for (JsonNode row : rows("1.perf.data", "event")) {
      if (!row.get("event").textValue().startsWith("irq_vectors:")) {
        hits += row.get("sysret").longValue();
        exits += row.get("exits").longValue();
      }
    }
    JsonNode all = rows("101.perf.data", "stage").get(0);
    assertThat(sample.get("sampled_every").longValue()).isEqualTo(101);
    assertThat(all.get("exits").doubleValue()).isBetween(0.8 * exits / 101, 1.1 * exits / 101);
    assertThat(hits / exits)
        .isBetween(
            all.get("sysret_share_low").doubleValue(), all.get("sysret_share_high").doubleValue());
  }

  private JsonNode rows(String file, String by) throws IOException {
    Result report =
        CliRunner.run("check", folder.resolve(file), "--by", by, "--format", "json", "--quiet");
    return new ObjectMapper().readTree(report.out()).get("rows");
  }

  /**
   * A process of its own in the test's folder, with the test's perf and the kernel's own events.
   */
  private Process startWithFakePerf(String option, String... arguments) throws IOException {
    assumeTrue(
        Files.isReadable(Path.of("/sys/kernel/tracing/events/raw_syscalls/sys_exit/id")),
        "the kernel's events may not be read here");
    return start(bin + ":" + System.getenv("PATH"), option, arguments);
  }

  private void assumePerfMayRecord() throws IOException, InterruptedException {
    assumeTrue(Surroundings.ofThisProcess().program("perf").isPresent(), "perf is not installed");
    Process probe =
        new ProcessBuilder("perf", "record", "-e", "raw_syscalls:sys_exit", "-o", "probe", "true")
            .directory(folder.toFile())
            .start();
    Result result = finish(probe);
    assumeTrue(result.exit() == 0, "perf may not record here: " + result.err());
  }

  private Process startReal(String... arguments) throws IOException {
    return start(System.getenv("PATH"), "-Dx=y", arguments);
  }

  private Process start(String path, String option, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(javaWords(option, arguments)).directory(folder.toFile());
    builder.environment().put("PATH", path);
    builder.environment().put("HOME", folder.toString());
    return builder.start();
  }

  private static List<String> javaWords(String option, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(option, "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** The output of these commands is short enough to wait in the pipe. */
  private static Result finish(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Result(
        process.exitValue(),
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
  }
}
