package org.sysretreplay.ingest.ftrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceReader;
import org.sysretreplay.ingest.trace.TraceReaderContract;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;

class FtraceReaderTest implements TraceReaderContract {

  private static final String FIELDS =
      "ip=0x7f0000001000 cx=0x7f0000001000 r11=0x246 flags=0x246 cs=0x33 ss=0x2b"
          + " sp=0x7ffd00001234 ax=0xfffffffffffffffe orig_ax=0x27";

  /** A text as in the file {@code trace}, with the option {@code record-tgid}. */
  private static final String LINE =
      "              ls-4712    (   4711) [001] d..1.  1234.000567: sysret_syscall:"
          + " (__probestub_sys_exit+0x4/0x10) "
          + FIELDS;

  /** A text as {@code trace-cmd report -t} prints it. */
  private static final String REPORT_LINE =
      "              ls-4712  [001]  1234.000567000: sysret_syscall:       (ffffffffb2398394) "
          + FIELDS;

  private static final Registers REGISTERS = Registers.ofSyscall(0x7f00_0000_1000L, 0x246);

  @TempDir Path folder;

  @Override
  public Path soundFile(Path folder) throws IOException {
    Path packed = Traces.samples().resolve("flavours").resolve("probes.trace.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      return Files.write(folder.resolve("probes.trace"), in.readAllBytes());
    }
  }

  @Override
  public TraceReader open(Path file) {
    return TraceFormat.FTRACE.open(file, Reading.AS_RECORDED);
  }

  private Traces.Whole read(String text) throws IOException {
    return Traces.readAll(open(Files.writeString(path(), text)));
  }

  private Traces.Whole assembled(String text) throws IOException {
    Path file = Files.writeString(path(), text);
    return Traces.readAll(TraceFormat.FTRACE.open(file, Reading.ASSEMBLED));
  }

  private Path path() {
    return folder.resolve("app.trace");
  }

  /** A line of another event, at that microsecond. */
  private static String line(int micros, String event) {
    return "              ls-4712    (   4711) [001] d..1.  1234.%06d: %s\n"
        .formatted(micros, event);
  }

  @Test
  void everyFieldOfALine() throws IOException {
    assertThat(read(LINE).onlyFrame()).isEqualTo(frame(OptionalLong.of(4711)));
  }

  @Test
  void traceCmdPrintsTheSameWithoutTheProcess() throws IOException {
    assertThat(read(REPORT_LINE).onlyFrame()).isEqualTo(frame(OptionalLong.empty()));
  }

  /** As {@code trace-cmd report -t --ts-diff} prints it; the first record has blanks there. */
  @ParameterizedTest
  @ValueSource(strings = {"         ", " (+1000) ", " (+5)    ", " (+123456789)", " (+-40)  "})
  void theTimeSinceTheLineBeforeIsPassedOver(String difference) throws IOException {
    String time = "1234.000567000:";
    assertThat(read(REPORT_LINE.replace(time, time + difference)).onlyFrame())
        .isEqualTo(frame(OptionalLong.empty()));
    assertThat(read(line(1, difference + " sched_switch: a ==> b")).records())
        .containsExactly(Ignored.IGNORED);
  }

  private static ExitFrame frame(OptionalLong pid) {
    return new ExitFrame(
            0,
            OptionalLong.of(1_234_000_567_000L),
            OptionalLong.of(1),
            new Task(pid, OptionalLong.of(4712), Optional.of("ls")),
            EntryKind.SYSCALL,
            Optional.of("sysret:sysret_syscall"),
            OptionalLong.of(39),
            OptionalLong.of(-2),
            REGISTERS,
            OptionalLong.of(0x7ffd_0000_1234L),
            OptionalLong.of(-2))
        .early();
  }

  @Test
  void theTextByItselfDoesNotSayWhereItComesFrom() throws IOException {
    assertThat(read(LINE).header()).isEqualTo(TraceHeader.EMPTY);
  }

  @Test
  void aCommentBeforeItMaySay() throws IOException {
    assertThat(read("# os release : 6.12.95\n" + LINE).header())
        .isEqualTo(new TraceHeader("6.12.95", "", "", "", ""));
  }

  @Test
  void aTextOfSeveralKernelsNamesNone() throws IOException {
    String one = "# os release : 6.12.95\n" + LINE + "\n";
    assertThat(read(one + one).header().kernelRelease()).isEqualTo("6.12.95");
    assertThat(read(one + one.replace("6.12.95", "3.19.0")).header()).isEqualTo(TraceHeader.EMPTY);
  }

  /** If signals are known to be recorded and there is none, nothing changed the frame. */
  @ParameterizedTest
  @CsvSource({
    "'',EARLY",
    "'# event : name = signal:signal_deliver\n# event : name = raw_syscalls:sys_enter\n',FINAL",
    "'# event : name = signal:signal_deliver, , id = { 1 }\n',FINAL",
    "'# event : name = sched:sched_switch\n',EARLY"
  })
  void commentsThatNameTheEventsMakeFramesSure(String comments, Stage stage) throws IOException {
    String text = comments.replace("\\n", "\n") + LINE + "\n" + LINE.replace("567:", "568:") + "\n";
    assertThat(assembled(text).frames().get(0).assembly().stage()).isEqualTo(stage);
  }

  // The start of a line

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<idle>",
        "<...>",
        "a-12 [000] 1.5:",
        "a-1 (  7) [000]",
        "x",
        "fifteen-letters",
        "kworker/0:1-ev",
        "-5",
        "-",
        "(123)",
        "#x",
        "größe",
        "a  b",
        "tail ",
        ""
      })
  void anyNameThatALinuxThreadCanHave(String comm) throws IOException {
    int missing = 16 - comm.getBytes(StandardCharsets.UTF_8).length;
    String text = LINE.replace("              ls", " ".repeat(missing) + comm);
    assertThat(read(text).onlyFrame().task().comm()).contains(comm);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ls", "kworker/0:1-ev", "a b"})
  void aNameThatIsNotAligned(String comm) throws IOException {
    String text = LINE.stripLeading().replaceFirst("ls", comm);
    assertThat(read(text).onlyFrame().task().comm()).contains(comm);
  }

  @Test
  void theNameOfAnInstanceIsNotTheThreads() throws IOException {
    assertThat(read("one:   " + REPORT_LINE).onlyFrame().task().comm()).contains("ls");
  }

  @ParameterizedTest
  @CsvSource({"'(   4711) ',4711", "'(4194304) ',4194304", "'(-------) ',", "'(  -----) ',", "'',"})
  void theProcessIsInRoundBracketsWhereItIsKnown(String printed, Long pid) throws IOException {
    Task task = read(LINE.replace("(   4711) ", printed)).onlyFrame().task();
    assertThat(task.pid()).isEqualTo(pid == null ? OptionalLong.empty() : OptionalLong.of(pid));
    assertThat(task.tid()).hasValue(4712);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "d..1. ", "..... ", "dNh2. ", "d..1.. ", "dn.h211 ", "1234 ", "-.-.. ", "# "})
  void flagsMayBeThereOrNot(String flags) throws IOException {
    ExitFrame frame = read(LINE.replace("d..1. ", flags)).onlyFrame();
    assertThat(frame.timeNanos()).hasValue(1_234_000_567_000L);
  }

  @Property(tries = 300)
  void anyTimeInNanosecondsComesBackExactly(
      @ForAll @LongRange(min = 0, max = 9_000_000_000_000_000_000L) long nanos) {
    assertThat(timeOf("%d.%09d".formatted(nanos / 1_000_000_000, nanos % 1_000_000_000)))
        .contains(OptionalLong.of(nanos));
  }

  @Property(tries = 300)
  void anyTimeInMicrosecondsComesBackExactly(
      @ForAll @LongRange(min = 0, max = 9_000_000_000_000_000L) long micros) {
    assertThat(timeOf("%d.%06d".formatted(micros / 1_000_000, micros % 1_000_000)))
        .contains(OptionalLong.of(micros * 1_000));
  }

  @Example
  void aTimeBeyond64BitsIsNone() {
    assertThat(timeOf("9223372036.000000000")).isEmpty();
    assertThat(timeOf("99999999999999999999.0")).isEmpty();
    assertThat(timeOf("99999999999999999999")).isEmpty();
    assertThat(timeOf("1.0000000001")).isEmpty();
    assertThat(timeOf("1.")).isEmpty();
    assertThat(timeOf("-1.5")).isEmpty();
    assertThat(timeOf("")).isEmpty();
  }

  /** The clocks counter, uptime and x86-tsc; trace-cmd prints the last without a blank before. */
  @ParameterizedTest
  @ValueSource(strings = {"[001] d..1.            4:", "[001] 67698929674:", "[001]161327467720:"})
  void aClockThatDoesNotCountSecondsGivesNoTime(String clock) throws IOException {
    String text = LINE.replaceFirst("\\[001].*? sysret", clock + " sysret");
    assertThat(read(text).onlyFrame().timeNanos()).isEmpty();
  }

  private static Optional<OptionalLong> timeOf(String seconds) {
    byte[] line = ("x-1 [0] " + seconds + ": e:").getBytes(StandardCharsets.UTF_8);
    return FtraceLineStart.find(line, 0, line.length).map(FtraceLineStart::timeNanos);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sysret_syscall: (x+0x4/0x10) ip=0x1|no \"task-pid [cpu] flags seconds:\" at its start",
        "ls-12 d..1. 1.5: e:|no \"task-pid [cpu] flags seconds:\" at its start",
        "ls-12 [x] d..1. 1.5: e:|no \"task-pid [cpu] flags seconds:\" at its start",
        "ls-12 [000 d..1. 1.5: e:|no \"task-pid [cpu] flags seconds:\" at its start",
        "ls-12 [000] d..1. 1.5 e:|no \"task-pid [cpu] flags seconds:\" at its start",
        "ls-12 [000] d..1. x 1.5: e:|no \"task-pid [cpu] flags seconds:\" at its start",
        "ls-x [000] d..1. 1.5: e:|no \"task-pid [cpu] flags seconds:\" at its start",
        "ls-12 (x) [000] d..1. 1.5: e:|no \"task-pid [cpu] flags seconds:\" at its start",
        "ls 12 [000] d..1. 1.5: e:|no \"task-pid [cpu] flags seconds:\" at its start",
        "ls-12 0d..1. 38991us!: e:|no \"task-pid [cpu] flags seconds:\" at its start",
        "150 0 19889606330 type: 1554|no \"task-pid [cpu] flags seconds:\" at its start",
        "CPU:0 [LOST EVENT]|no \"task-pid [cpu] flags seconds:\" at its start",
        "ls-12 [000] d..1. 1.5: sysret_sysc|no event name with a colon after the time",
        "ls-12 [000] d..1. 1.5: (+1000)|no event name with a colon after the time",
        "ls-12 [000] d..1. 1.5: (+1000) sysret_sysc|no event name with a colon after the time",
        "ls-12 [000] d..1. 1.5: word  sysret_syscall: ip=0x1|no event name with a colon after the time",
        "ls-12 [000] d..1. 1.5:|no event name with a colon after the time"
      })
  void aLineOfAnotherShapeIsMalformed(String line, String why) throws IOException {
    assertThat(read(line).onlyReject())
        .isEqualTo(
            new Reject(
                Place.ofLine(path().toString(), 1),
                RejectReason.MALFORMED_TRACE_LINE,
                "the line is not what ftrace prints (" + why + ")",
                line));
  }

  @Test
  void aMalformedLineSaysWhatToDo() throws IOException {
    assertThat(read("x\n").onlyReject().sentence())
        .isEqualTo(
            path()
                + ":1: the line is not what ftrace prints (no \"task-pid [cpu] flags seconds:\" at"
                + " its start); print with cat /sys/kernel/tracing/trace, with the default"
                + " trace_options, or with trace-cmd report.");
  }

  // Fields

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cx=0x12345678901234567|register cx has 17 hexadecimal digits (0x12345678901234567)",
        "cx=0x|register cx is not a number (\"0x\")",
        "cx=|register cx is not a number (\"\")",
        "cx=7f|register cx is not a number (\"7f\")",
        "cx=(fault)|register cx is not a number (\"(fault)\")",
        "cx=18446744073709551616|register cx is not a number (\"18446744073709551616\")",
        "cx=-9223372036854775809|register cx is not a number (\"-9223372036854775809\")",
        "cx=0x1 orig_ax=x|register orig_ax is not a number (\"x\")"
      })
  void aRegisterThatIsNo64BitNumberIsNamed(String field, String detail) throws IOException {
    Reject reject = read(LINE.replace("cx=0x7f0000001000", field)).onlyReject();
    assertThat(reject.reason()).isEqualTo(RejectReason.MALFORMED_REGISTER);
    assertThat(reject.sentence())
        .isEqualTo(
            path()
                + ":1: "
                + detail
                + "; write registers as 0x and at most 16 hexadecimal digits.");
  }

  @ParameterizedTest
  @CsvSource({
    "582,0x246",
    "0,0",
    "-1,0xffffffffffffffff",
    "18446744073709551615,0xffffffffffffffff",
    "-9223372036854775808,0x8000000000000000"
  })
  void aFieldOfADecimalTypeIsReadAsWell(String printed, String value) throws IOException {
    ExitFrame frame = read(LINE.replace("r11=0x246", "r11=" + printed)).onlyFrame();
    assertThat(frame.registers().r11()).isEqualTo(Long.parseUnsignedLong(hex(value), 16));
  }

  private static String hex(String value) {
    return value.startsWith("0x") ? value.substring(2) : value;
  }

  @Test
  void missingRegistersAreNamed() throws IOException {
    Reject reject = read(LINE.replaceAll("(r11|ss)=\\S+ ", "")).onlyReject();
    assertThat(reject.reason()).isEqualTo(RejectReason.PROBE_FIELD_MISSING);
    assertThat(reject.sentence())
        .isEqualTo(
            path()
                + ":1: sysret:sysret_syscall: a register that the check needs is not among the"
                + " fields of the probe: r11, ss; define the probe as the section ftrace text of"
                + " ingest/FORMATS.md does.");
  }

  @Test
  void whatNoModelTestsMayBeMissing() throws IOException {
    ExitFrame frame = read(LINE.replaceAll(" (sp|ax|orig_ax)=\\S+", "")).onlyFrame();
    assertThat(frame.registers()).isEqualTo(REGISTERS);
    assertThat(frame.rsp()).isEmpty();
    assertThat(frame.rax()).isEmpty();
    assertThat(frame.result()).isEmpty();
    assertThat(frame.syscall()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(do_syscall_64+0x87/0x180 <- x64_sys_call)",
        "([unknown/kretprobe'd] <- x64_sys_call)",
        "(ffffffffb2398394)",
        "",
        "__probe_ip=0xffffffffb2398394 (-1304853612)",
        "(x+0x4/0x10) comm=\"ls\" text=\"a cx=0x1 b\" empty=\"\" c=' ' bytes={0x1,0x2} s=f+0x0/0x1 [m]"
      })
  void whatStandsBesideTheRegistersIsPassedOver(String beside) throws IOException {
    String text = LINE.replace("(__probestub_sys_exit+0x4/0x10)", beside);
    assertThat(read(text).onlyFrame().registers()).isEqualTo(REGISTERS);
  }

  @Test
  void theOptionFieldsPrintsEveryValueTwice() throws IOException {
    String text = LINE.replaceAll("=0x([0-9a-f]+)", "=0x$1 (1)");
    assertThat(read(text).onlyFrame().registers()).isEqualTo(REGISTERS);
  }

  @Test
  void ofAFieldThatStandsTwiceTheFirstCounts() throws IOException {
    assertThat(read(LINE + " cx=0x1 orig_ax=0x1").onlyFrame()).isEqualTo(read(LINE).onlyFrame());
  }

  /** As where a text was cut amid a line, and another put behind it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        " sysret_sys",
        "(__probestub",
        "cx=0x7f",
        "cx=0x7f0000001000 ",
        "cx=0x7f0000001000 r1",
        "orig_ax=0x27",
        "orig_ax=0x27 \r"
      })
  void aLineOfTwoRecordsIsAReject(String cutBehind) throws IOException {
    String whole = LINE + " \r";
    String cut = whole.substring(0, whole.indexOf(cutBehind) + cutBehind.length());
    Reject reject = read(cut + LINE.replace("0x7f", "0x6f")).onlyReject();
    assertThat(reject.reason()).isEqualTo(RejectReason.MALFORMED_TRACE_LINE);
    assertThat(reject.detail()).contains("one more record begins on it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sys_enter: NR 1 (0, ", "signal_deliver: sig=14 err", "sys_ente"})
  void soIsAProbeBehindAnotherEventThatWasCut(String cut) throws IOException {
    assertThat(read(line(1, cut).stripTrailing() + LINE).onlyReject().detail())
        .contains("one more record begins on it");
  }

  @Test
  void aTextWithoutItsEndIsTheRestOfTheLine() throws IOException {
    String text = LINE.replace(" ss=", " text=\"cut off ss=");
    assertThat(read(text).onlyReject().reason()).isEqualTo(RejectReason.PROBE_FIELD_MISSING);
  }

  @ParameterizedTest
  @CsvSource({"0xffffffffffffffff,-1", "0xf,15", "0x40000001,1073741825", "0x1ffffffff,-1"})
  void theNumberOfASyscallHas32Bits(String printed, long number) throws IOException {
    ExitFrame frame = read(LINE.replace("orig_ax=0x27", "orig_ax=" + printed)).onlyFrame();
    assertThat(frame.syscall()).hasValue(number);
  }

  // Events

  @ParameterizedTest
  @CsvSource({
    "sysret_syscall,SYSCALL",
    "sysret_exception,EXCEPTION",
    "sysret_interrupt,INTERRUPT",
    "sysret:sysret_interrupt,INTERRUPT"
  })
  void theNameOfTheProbeSaysHowTheKernelWasEntered(String event, EntryKind entry)
      throws IOException {
    ExitFrame frame = read(LINE.replace("sysret_syscall", event)).onlyFrame();
    assertThat(frame.entry()).isEqualTo(entry);
    assertThat(frame.syscall().isPresent()).isEqualTo(entry == EntryKind.SYSCALL);
  }

  @ParameterizedTest
  @CsvSource({"sysret_syscall", "sysret_exception", "sysret_interrupt"})
  void codeOf32BitsIsCompat(String event) throws IOException {
    String text = LINE.replace("sysret_syscall", event).replace("cs=0x33", "cs=0x23");
    assertThat(read(text).onlyFrame().entry()).isEqualTo(EntryKind.COMPAT);
  }

  @Test
  void aSystemCallOfCodeOfTheLdtCameByInt80() throws IOException {
    ExitFrame frame = read(LINE.replace("cs=0x33", "cs=0x7")).onlyFrame();
    assertThat(frame.entry()).isEqualTo(EntryKind.COMPAT);
    assertThat(frame.path()).isEqualTo(EntryPath.INT80);
    assertThat(frame.registers().cs()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x10", "0x0", "0xfffffffffffffffc"})
  void aFrameOfTheKernelItselfIsIgnored(String cs) throws IOException {
    String text = LINE.replace("sysret_syscall", "sysret_interrupt").replace("cs=0x33", "cs=" + cs);
    assertThat(read(text).records()).containsExactly(Ignored.IGNORED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sys_enter: NR 39 (1, 2, 3, 4, 5, 6)",
        "sys_exit: NR 39 = 4711",
        "signal_deliver: sig=14 errno=0 code=128 sa_handler=56074df4c340 sa_flags=14000000",
        "rseq_ip_fixup: regs_ip=0x1 start_ip=0x1 post_commit_offset=8 abort_ip=0x2",
        "page_fault_user: address=0x1 ip=0x2 error_code=0x14",
        "local_timer_exit: vector=236",
        "sysret_signal: (x+0x1/0x2 <- y) " + FIELDS,
        "sched_switch: prev_comm=a prev_pid=1 ==> next_comm=b",
        "tracing_mark_write: sysret_syscall: ip=0x1",
        "x64_sys_call <-do_syscall_64",
        "<stack trace>",
        "<user stack trace>"
      })
  void everyOtherEventIsIgnored(String event) throws IOException {
    assertThat(read(line(1, event)).records()).containsExactly(Ignored.IGNORED);
    assertThat(assembled(line(1, event)).records()).containsExactly(Ignored.IGNORED);
  }

  @Test
  void aSignalAmendsTheFrameBeforeIt() throws IOException {
    String signal =
        "signal_deliver: sig=14 errno=0 code=128 sa_handler=56074df4c340 sa_flags=14000000";
    ExitFrame frame = assembled(LINE + "\n" + line(568, signal)).frames().get(0);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
    assertThat(frame.registers().rip()).isEqualTo(0x5607_4df4_c340L);
    assertThat(frame.registers().rcx()).isEqualTo(REGISTERS.rcx());
  }

  @Test
  void aSyscallThatIsMadeAgainAmendsTheFrameBeforeIt() throws IOException {
    String restarted = LINE.replace("ax=0xfffffffffffffffe", "ax=0xfffffffffffffe00");
    String again = line(568, "sys_enter: NR 39 (1, 2, 3, 4, 5, 6)");
    ExitFrame frame = assembled(restarted + "\n" + again).frames().get(0);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.AMENDED);
    assertThat(frame.registers().rip()).isEqualTo(REGISTERS.rip() - 2);
  }

  @Test
  void theNativeExitOfTheSyscallChangesNothing() throws IOException {
    String signal = line(569, "signal_deliver: sig=14 errno=0 code=128 sa_handler=5607 sa_flags=0");
    Traces.Whole whole = assembled(LINE + "\n" + line(568, "sys_exit: NR 39 = -2") + signal);
    assertThat(whole.counts().rejected()).isZero();
    assertThat(whole.frames().get(0).assembly().stage()).isEqualTo(Stage.AMENDED);
  }

  // Lines that are no records

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# tracer: nop",
        "#                                _-----=> irqs-off/BH-disabled",
        "##### CPU 1 buffer started ####",
        "cpus=2",
        "version = 7",
        "CPU 0 is empty",
        " => do_syscall_64",
        "=> do_syscall_64 (ffffffffb2398394)",
        "",
        "   "
      })
  void commentsPrefacesAndStacksAreNoRecords(String line) throws IOException {
    assertThat(read(line + "\n" + LINE + "\n").onlyFrame()).isEqualTo(read(LINE).onlyFrame());
  }

  @ParameterizedTest
  @CsvSource({
    "CPU:1 [LOST 190 EVENTS],190",
    "CPU:12 [LOST EVENTS],1",
    "CPU:0 [150 EVENTS DROPPED],150",
    "CPU:0 [EVENTS DROPPED],1",
    "CPU:0 [LOST 99999999999999999999 EVENTS],9223372036854775807",
    "# entries-in-buffer/entries-written: 146/6291   #P:2,6145",
    "# entries-in-buffer/entries-written: 146/146   #P:2,0",
    "# entries-in-buffer/entries-written: 7/6   #P:2,0"
  })
  void whatTheBufferLostIsCounted(String line, long lost) throws IOException {
    Traces.Whole whole = read(line + "\n" + LINE + "\n");
    assertThat(whole.counts().lost()).isEqualTo(lost);
    assertThat(whole.counts().seen()).isEqualTo(1);
  }

  @Test
  void lossesInPlacesAddUpAndTheHeadersTotalTellsOfTheSame() throws IOException {
    String text =
        """
        # entries-in-buffer/entries-written: 1/13   #P:2
        CPU:1 [LOST 4 EVENTS]
        CPU:0 [LOST 5 EVENTS]
        """;
    assertThat(read(text + LINE).counts().lost()).isEqualTo(12);
    assertThat(read(text + "CPU:0 [LOST 7 EVENTS]\n" + LINE).counts().lost()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " 0)   0.123 us    |  mutex_lock();",
        " 1)               |  do_syscall_64() {",
        " 1) ! 150.2 us    |  }",
        " ------------------------------------------",
        " 0)    ls-1234    =>   cat-1235  ",
        "   12.345678 |   0)   0.2 us    |  foo();",
        "      ls-12      0d..1.    3us : _raw_spin_lock <-schedule",
        "      ls-12      [000] .....     1.5: sys_getppid()",
        "      ls-12      [000] .....     1.5: sys_read -> 0x12",
        "      ls-12      [000] .....     1.5: mutex_lock <-do_exit",
        "      ls-12      [000] d....     1.5: #1     inner/outer(us):   12/14    ts:1.5",
        "      osnoise/0-961 [000] ..... 5789.857532: 1000000    10  99.99"
      })
  void linesOfOtherTracersAreIgnored(String line) throws IOException {
    assertThat(read(line + "\n").records()).containsExactly(Ignored.IGNORED);
  }

  /** The tracer function_graph prints events as comments, without a thread and a time. */
  @Test
  void aProbeThatAnotherTracerPrintsIsNotPassedOver() throws IOException {
    assertThat(
            read(" 0)               |  /* sysret_syscall: ip=0x1 cx=0x1 */\n")
                .onlyReject()
                .reason())
        .isEqualTo(RejectReason.MALFORMED_TRACE_LINE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'CPU:1 [LOST 123 EVENTS]'|123",
        "'CPU:0 [LOST 7 EVENTS]  '|7",
        "'CPU:12 [LOST EVENTS]'|1"
      })
  void lossesThatAPipeTellsAreCounted(String line, long lost) throws IOException {
    assertThat(read(line + "\n").counts().lost()).isEqualTo(lost);
    assertThat(read(line + "\n").records()).isEmpty();
  }

  @Test
  void otherLinesMayStandAboveTheFirstRecord() throws IOException {
    String text =
        "tee: started\nwaiting for 5 events\nok\n" + " ls-12 [000] d..1. 1.5: e: \n".repeat(5);
    java.nio.file.Path file = java.nio.file.Files.writeString(path(), text);
    assertThat(TraceFormat.of(file)).contains(TraceFormat.FTRACE);
  }
}
