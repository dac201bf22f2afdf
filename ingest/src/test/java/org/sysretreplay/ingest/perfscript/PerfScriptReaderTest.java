package org.sysretreplay.ingest.perfscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceReader;
import org.sysretreplay.ingest.trace.TraceReaderContract;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;

class PerfScriptReaderTest implements TraceReaderContract {

  private static final String REGISTERS =
      " ABI:2    AX:0x5    CX:0x7f0000001000    SP:0x7ffd00001234    IP:0x7f0000001000 "
          + "FLAGS:0x246    CS:0x33    SS:0x2b   R11:0x246 ";

  private static final String LINE =
      "              ls  4711/4712  [001]  1234.000000567:   raw_syscalls:sys_exit: NR 39 = -2"
          + REGISTERS;

  @TempDir Path folder;

  @Override
  public Path soundFile(Path folder) throws IOException {
    return Files.write(
        folder.resolve("perf.script"), Traces.perfScript(Traces.samples().resolve("trap-flag")));
  }

  @Override
  public TraceReader open(Path file) {
    return TraceFormat.PERF_SCRIPT.open(file, Reading.AS_RECORDED);
  }

  private Traces.Whole read(String text) throws IOException {
    return Traces.readAll(open(Files.writeString(path(), text)));
  }

  private Path path() {
    return folder.resolve("perf.script");
  }

  @Test
  void everyFieldOfALine() throws IOException {
    assertThat(read(LINE).onlyFrame())
        .isEqualTo(
            new ExitFrame(
                    0,
                    OptionalLong.of(1_234_000_000_567L),
                    OptionalLong.of(1),
                    new Task(OptionalLong.of(4711), OptionalLong.of(4712), Optional.of("ls")),
                    EntryKind.SYSCALL,
                    Optional.of("raw_syscalls:sys_exit"),
                    OptionalLong.of(39),
                    OptionalLong.of(-2),
                    Registers.ofSyscall(0x7f00_0000_1000L, 0x246),
                    OptionalLong.of(0x7ffd_0000_1234L),
                    OptionalLong.of(5))
                .early());
  }

  // The start of a line

  @Test
  void aThreadWithoutItsProcess() throws IOException {
    assertThat(read(LINE.replace("4711/", "/")).onlyFrame().task())
        .isEqualTo(new Task(OptionalLong.empty(), OptionalLong.of(4712), Optional.of("ls")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "worker 1/4",
        "a [000] 1.0: b",
        "x",
        "fifteen-letters",
        "1/1 [0] 1.5:",
        "[0]",
        "::",
        "#x",
        "kworker/0:1H",
        "größe",
        "a  b",
        "tail 7",
        "7 zip",
        "tail ",
        "7 a:b:"
      })
  void anyNameThatALinuxThreadCanHave(String comm) throws IOException {
    int missing = 16 - comm.getBytes(StandardCharsets.UTF_8).length;
    String text = LINE.replace("              ls", " ".repeat(missing) + comm);
    assertThat(read(text).onlyFrame().task().comm()).contains(comm);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ls", "worker 1/4", "7 zip", "1/1 [0] 1.5:", "kworker/u8:3-events_unbound"})
  void aNameThatIsNotAligned(String comm) throws IOException {
    String text = LINE.stripLeading().replaceFirst("ls", comm);
    assertThat(read(text).onlyFrame().task().comm()).contains(comm);
  }

  @Test
  void oneNumberIsProcessAndThread() throws IOException {
    ExitFrame frame = read(LINE.replace("4711/4712", "4711")).onlyFrame();
    assertThat(frame.task().pid()).hasValue(4711);
    assertThat(frame.task().tid()).hasValue(4711);
  }

  @Test
  void aThreadWithoutANumberIsMinusOne() throws IOException {
    assertThat(read(LINE.replace("4711/4712", "-1/-1")).onlyFrame().task().tid()).hasValue(-1);
  }

  @Property(tries = 300)
  void anyTimeInNanosecondsComesBackExactly(
      @ForAll @LongRange(min = 0, max = 9_000_000_000_000_000_000L) long nanos) {
    String seconds = "%d.%09d".formatted(nanos / 1_000_000_000, nanos % 1_000_000_000);
    assertThat(timeOf(seconds)).hasValue(nanos);
  }

  @Property(tries = 300)
  void anyTimeInMicrosecondsComesBackExactly(
      @ForAll @LongRange(min = 0, max = 9_000_000_000_000_000L) long micros) {
    String seconds = "%d.%06d".formatted(micros / 1_000_000, micros % 1_000_000);
    assertThat(timeOf(seconds)).hasValue(micros * 1_000);
  }

  @Example
  void aTimeBeyond64BitsIsNone() {
    assertThat(timeOf("9223372036.000000000")).isEmpty();
    assertThat(timeOf("99999999999999999999.0")).isEmpty();
    assertThat(timeOf("1.0000000001")).isEmpty();
    assertThat(timeOf("1")).isEmpty();
    assertThat(timeOf("-1.5")).isEmpty();
  }

  private static OptionalLong timeOf(String seconds) {
    byte[] line = ("x 1/1 [0] " + seconds + ": e:").getBytes(StandardCharsets.UTF_8);
    Optional<LineStart> start = LineStart.find(line, 0, line.length);
    return start.isPresent() ? OptionalLong.of(start.get().timeNanos()) : OptionalLong.empty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "raw_syscalls:sys_exit: NR 39 = 5|no \"comm pid/tid [cpu] seconds:\" at its start",
        "ls [000] 1.5: e:|no \"comm pid/tid [cpu] seconds:\" at its start",
        "ls 12/12 [x] 1.5: e:|no \"comm pid/tid [cpu] seconds:\" at its start",
        "ls 12/12 [000] 1: e:|no \"comm pid/tid [cpu] seconds:\" at its start",
        "ls 12/ [000] 1.5: e:|no \"comm pid/tid [cpu] seconds:\" at its start",
        "ls 12/12 [000] 1.5: cycles|no event name with a colon after the time",
        "ls 12/12 [000] 1.5:|no event name with a colon after the time",
        "ls 12/12 [000] 1.5: raw_syscalls:sys_exit: NR 1 = 1 ABI:x|no number after ABI:",
        "ls 12/12 [000] 1.5: raw_syscalls:sys_exit: ABI:2 CX|\"CX\" among the registers"
      })
  void aLineOfAnotherShapeIsMalformed(String line, String why) throws IOException {
    assertThat(read(line).onlyReject())
        .isEqualTo(
            new Reject(
                Place.ofLine(path().toString(), 1),
                RejectReason.MALFORMED_LINE,
                "the line is not what perf script prints (" + why + ")",
                line));
  }

  // Registers

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CX:0x12345678901234567|register CX has 17 hexadecimal digits (0x12345678901234567)",
        "CX:0x|register CX is not a number (\"0x\")",
        "CX:|register CX is not a number (\"\")",
        "CX:-1|register CX is not a number (\"-1\")",
        "CX:12|register CX is not a number (\"12\")",
        "CX:0xg|register CX is not a number (\"0xg\")",
        "R15:0xg|register R15 is not a number (\"0xg\")"
      })
  void aRegisterThatIsNo64BitNumberIsNamed(String register, String detail) throws IOException {
    Reject reject = read(LINE.replace("CX:0x7f0000001000", register)).onlyReject();
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
    "0xffffffffffffffff, -1",
    "0xFFFFFFFFFFFFFFFF, -1",
    "0XaBc, 2748",
    "0x0000000000000001, 1",
    "0x8000000000000000, -9223372036854775808"
  })
  void aRegisterMayUseAll64Bits(String text, long value) throws IOException {
    String line = LINE.replace("IP:0x7f0000001000", "IP:" + text);
    assertThat(read(line).onlyFrame().registers().rip()).isEqualTo(value);
  }

  @Test
  void registersThatWeDoNotUseArePassedOver() throws IOException {
    assertThat(read(LINE + "   R15:0x1 XMM0:0x2 ").onlyFrame().registers())
        .isEqualTo(read(LINE).onlyFrame().registers());
  }

  @Test
  void theUserRegistersStandBehindThoseOfTheInterrupt() throws IOException {
    String line = LINE.replace(" ABI:2", " ABI:2    SP:0x9    IP:0x8 ABI:2");
    assertThat(read(line).onlyFrame()).isEqualTo(read(LINE).onlyFrame());
  }

  @Test
  void aMissingRegisterIsNamed() throws IOException {
    assertThat(read(LINE.replace("R11:0x246", "").replace("CS:0x33", "")).onlyReject().sentence())
        .isEqualTo(
            path()
                + ":1: raw_syscalls:sys_exit: a register that the check needs was not recorded:"
                + " [R11, CS]; record with --user-regs=ip,flags,cx,r11,cs,ss,sp,ax.");
  }

  @Test
  void aLineWithoutRegistersIsARejectForAnExitOnly() throws IOException {
    String bare = LINE.replace(REGISTERS, "");
    assertThat(read(bare).onlyReject().reason()).isEqualTo(RejectReason.NO_USER_REGISTERS);
    assertThat(read(bare.replace("sys_exit", "sys_enter")).records())
        .containsExactly(Ignored.IGNORED);
  }

  @Test
  void theRegistersOfOtherEventsAreNotLookedAt() throws IOException {
    String other = LINE.replace("raw_syscalls:sys_exit", "sched:sched_switch");
    assertThat(read(other.replace("0x2b", "0xg")).records()).containsExactly(Ignored.IGNORED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw_syscalls:sys_enter", "signal:signal_deliver", "rseq:rseq_ip_fixup"})
  void theRegistersOfEventsThatTellOfAFrameAreLookedAt(String event) throws IOException {
    String broken = LINE.replace("raw_syscalls:sys_exit", event).replace("0x2b", "0xg");
    assertThat(read(broken).onlyReject().reason()).isEqualTo(RejectReason.MALFORMED_REGISTER);
  }

  @Test
  void abi1WithThe32BitSelectorIsCompat() throws IOException {
    String compat = LINE.replace("ABI:2", "ABI:1").replace("CS:0x33", "CS:0x23");
    assertThat(read(compat).onlyFrame().entry()).isEqualTo(EntryKind.COMPAT);
  }

  // Records that lost the end of their line

  private static final String NEXT =
      LINE.replace("4711/4712", "  22/22  ")
          .replace(
              "raw_syscalls:sys_exit: NR 39 = -2", "exceptions:page_fault_user: address=0x1 ip=0x2")
          .replace("CX:0x7f0000001000", "CX:0x0");

  private static final String SIGNAL =
      LINE.replace(
          "raw_syscalls:sys_exit: NR 39 = -2",
          "signal:signal_deliver: sig=14 errno=0 code=128 sa_handler=56074df4c340 sa_flags=0");

  private static String joined(String first, String behind, String second) {
    return first.substring(0, first.indexOf(behind) + behind.length()) + second;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls  4711/4712  [001]  12",
        "raw_syscalls:sys_exit: ",
        "NR ",
        "NR 39 ",
        "NR 39 = -2",
        "NR 39 = -2 ABI:",
        "NR 39 = -2 ABI:2",
        "NR 39 = -2 ABI:2    AX",
        "CX:0x7f0000001000 ",
        "SP:0x7ffd",
        "R11:0x24",
        "R11:0x246 ",
        "R11:0x246 \r"
      })
  void aLineOfTwoRecordsIsAReject(String cutBehind) throws IOException {
    String text = LINE + "\n" + joined(LINE + "\r", cutBehind, NEXT) + "\n" + LINE + "\n";
    Traces.Whole whole = read(text);
    assertThat(whole.frames()).extracting(it -> it.task().tid().getAsLong()).containsOnly(4712L);
    assertThat(whole.frames()).hasSize(2);
    assertThat(whole.rejects())
        .extracting(Reject::reason, it -> it.place().position())
        .containsExactly(tuple(RejectReason.MALFORMED_LINE, 2L));
    assertThat(whole.rejects().get(0).detail()).contains("one more record begins on it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sig=14 errno=0", "sa_handler=56", "sa_flags=0 ABI:2    AX:0x"})
  void soIsAnEventThatTellsOfAFrame(String cutBehind) throws IOException {
    assertThat(read(joined(SIGNAL, cutBehind, SIGNAL)).onlyReject().detail())
        .contains("one more record begins on it");
  }

  /** The second text was cut, too, so that its first line has no start. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "faults:page_fault_user: address=0x1 ip=0x2",
        "address=0x1 ip=0x2",
        " CX:0x1    SP:0x7ffd00001234    IP:0x1 "
      })
  void soIsALineWithTheEndOfAnother(String second) throws IOException {
    String rest = second + (second.startsWith(" ") ? "" : REGISTERS);
    assertThat(read(joined(LINE, "SP:0x7ffd", rest)).rejects()).hasSize(1);
    assertThat(read(LINE + rest).onlyReject().detail()).contains("one more record begins on it");
  }

  @Test
  void theRegistersOfALineOfTwoRecordsBelongToNeither() throws IOException {
    String text = joined(FIRST, "NR 39", NEXT.replace(REGISTERS, "")) + "\n" + STACK + REGISTERS;
    Traces.Whole whole = read(text + "\n");
    assertThat(whole.frames()).isEmpty();
    assertThat(whole.rejects())
        .extracting(it -> it.place().position())
        .containsExactly(1L, whole.rejects().get(1).place().position());
  }

  @Test
  void aReturnInANameEndsNoLine() throws IOException {
    String text = LINE.replace("             ls", "            a\rb");
    assertThat(read(text).onlyFrame().task().comm()).contains("a\rb");
  }

  // Syscalls

  @ParameterizedTest
  @CsvSource({"NR 39 = -2, 39, -2", "NR -1 = 0, -1, 0"})
  void theTextOfASyscallMayBeNegative(String text, long nr, long ret) throws IOException {
    ExitFrame frame = read(LINE.replace("NR 39 = -2", text)).onlyFrame();
    assertThat(frame.syscall()).hasValue(nr);
    assertThat(frame.result()).hasValue(ret);
  }

  @Test
  void theLeastResultIsANumber() throws IOException {
    String line = LINE.replace("= -2", "= -9223372036854775808");
    assertThat(read(line).onlyFrame().result()).hasValue(Long.MIN_VALUE);
  }

  @Test
  void withoutTheTextOfTheEventTheSyscallIsUnknown() throws IOException {
    ExitFrame frame = read(LINE.replace("NR 39 = -2", "")).onlyFrame();
    assertThat(frame.syscall()).isEmpty();
    assertThat(frame.result()).isEmpty();
  }

  @Test
  void rcxOfMinusOneIsUnknownUnlessAHeaderNamesAnotherKernel() throws IOException {
    String line = LINE.replace("CX:0x7f0000001000", "CX:0xffffffffffffffff");
    assertThat(read(line).onlyReject().reason()).isEqualTo(RejectReason.RCX_UNKNOWN);
    assertThat(read("# os release : 4.0.9\n" + line).onlyReject().reason())
        .isEqualTo(RejectReason.RCX_UNKNOWN);
    assertThat(read("# os release : 6.18.44\n" + line).onlyFrame().registers().rcx()).isEqualTo(-1);
    assertThat(read(line.replace("NR 39", "NR -1")).onlyFrame().registers().rcx()).isEqualTo(-1);
  }

  // Records of several lines

  private static final String FIRST = LINE.replace(REGISTERS, "");

  private static final String STACK =
      """
      \tffffffff81415c9c syscall_exit_work+0xbc ([kernel.kallsyms])
        [kernel.kallsyms][ffffffff81415c9c]
      \t           1ab70 std::vector<int>::push_back(int const&)+0x0 (inlined)
        vector.h:7 (discriminator 3)
        /home/a b/vector.cc:12
        :0
      \t    5625431d19e0 [unknown] (//anon)
      """;

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\n\n"})
  void registersMayStandBehindTheStack(String between) throws IOException {
    String text = FIRST + "\n" + STACK + between + REGISTERS + "\n" + LINE + "\n";
    Traces.Whole whole = read(text);
    assertThat(whole.rejects()).isEmpty();
    assertThat(whole.frames())
        .extracting(it -> it.registers().r11())
        .containsExactly(0x246L, 0x246L);
  }

  @Test
  void registersMayStandBeforeTheStack() throws IOException {
    assertThat(read(LINE + "\n" + STACK).onlyFrame()).isEqualTo(read(LINE).onlyFrame());
  }

  @Test
  void tabsMayHaveBecomeBlanks() throws IOException {
    String text = FIRST + "\n" + STACK.replace("\t", "        ") + REGISTERS + "\n";
    assertThat(read(text).onlyFrame()).isEqualTo(read(LINE).onlyFrame());
  }

  @Test
  void aSampleWithoutRegistersIsRejectedWithItsOwnLine() throws IOException {
    Traces.Whole whole = read("\n" + FIRST + "\n" + STACK + LINE + "\n");
    assertThat(whole.frames()).hasSize(1);
    assertThat(whole.rejects())
        .extracting(Reject::reason, it -> it.place().position(), Reject::excerpt)
        .containsExactly(tuple(RejectReason.NO_USER_REGISTERS, 2L, FIRST));
  }

  /** They belong to the damaged line above them, and not to the sample before it. */
  @Test
  void registersAreNeverTakenForThoseOfAnotherSample() throws IOException {
    String damaged = FIRST.replace("[001]", "[x]");
    Traces.Whole whole = read(FIRST + "\n" + STACK + damaged + "\n" + STACK + REGISTERS + "\n");
    assertThat(whole.frames()).isEmpty();
    assertThat(whole.rejects())
        .extracting(Reject::reason, it -> it.place().position())
        .containsExactly(
            tuple(RejectReason.NO_USER_REGISTERS, 1L),
            tuple(RejectReason.MALFORMED_LINE, 9L),
            tuple(RejectReason.MALFORMED_LINE, 17L));
    assertThat(whole.rejects().get(2).detail()).contains("without the line of their sample");
  }

  @Test
  void registersComeOnceForASample() throws IOException {
    Traces.Whole whole = read(LINE + "\n" + STACK + REGISTERS + "\n");
    assertThat(whole.frames()).hasSize(1);
    assertThat(whole.rejects())
        .extracting(Reject::reason)
        .containsExactly(RejectReason.MALFORMED_LINE);
  }

  @Test
  void aMessageOfPerfDoesNotPartASampleFromItsRegisters() throws IOException {
    String message = "addr2line: DWARF error: could not find abbrev number 25\n";
    Traces.Whole whole = read(FIRST + "\n" + STACK + message + REGISTERS + "\n");
    assertThat(whole.frames()).hasSize(1);
    assertThat(whole.rejects()).hasSize(1);
  }

  @Test
  void linesOfAnEventThatTellsNothingArePassedOver() throws IOException {
    String other = FIRST.replace("raw_syscalls:sys_exit: NR 39 = -2", "cycles:u:");
    assertThat(read(other + "\n" + STACK + REGISTERS + "\n").records())
        .containsExactly(Ignored.IGNORED);
  }

  // Fields that are printed, or are not

  @ParameterizedTest
  @ValueSource(
      strings = {
        "                0",
        "  0x7f1/0x7f2/P/-/-/0  0x7f3/0x7f4/M/-/-/3 ",
        "               0 N/A 4K",
        " insn: 48 89 e5 ilen: 3",
        " main+0x10/foo+0x5/P/-/-/0"
      })
  void otherFieldsMayStandBehindTheRegisters(String fields) throws IOException {
    assertThat(read(LINE + fields).onlyFrame()).isEqualTo(read(LINE).onlyFrame());
  }

  @Test
  void aRegisterThatCannotBeReadIsNoOtherField() throws IOException {
    assertThat(read(LINE + " R15:zz").onlyReject().reason())
        .isEqualTo(RejectReason.MALFORMED_REGISTER);
  }

  @ParameterizedTest
  @CsvSource({
    "[001]  1234.000000567:, 1234.000000567:, false, true",
    "[001]  1234.000000567:, [001], true, false",
    "[001]  1234.000000567:, '', false, false",
    "[001]  1234.000000567:, [001] K     1234.000000567:, true, true",
    "[001]  1234.000000567:, [001] 2026-11-28 12:51:34.123456 1234.000000567:, true, true",
    "1234.000000567:, '1234.000000567:          1', true, true"
  })
  void cpuAndTimeMayBeMissingAndOthersThere(String part, String with, boolean cpu, boolean time)
      throws IOException {
    ExitFrame frame = read(LINE.replace(part, with)).onlyFrame();
    assertThat(frame.cpu().isPresent()).isEqualTo(cpu);
    assertThat(frame.timeNanos().isPresent()).isEqualTo(time);
    assertThat(frame.registers()).isEqualTo(read(LINE).onlyFrame().registers());
    assertThat(frame.task().tid()).hasValue(4712);
    assertThat(frame.task().comm()).contains("ls");
  }

  @Test
  void theNameMayBeMissing() throws IOException {
    assertThat(read(LINE.replace("              ls  ", "")).onlyFrame().task())
        .isEqualTo(new Task(OptionalLong.of(4711), OptionalLong.of(4712), Optional.empty()));
  }

  /** perf 6.1 aligns the numbers in five columns, newer ones in seven. */
  @ParameterizedTest
  @CsvSource({
    "'1234567/1234568 [001]  1234.000000567:          1 ', true, true, true",
    "' 4711/4712  [001]  1234.000000567:          1   ', true, true, true",
    "'   4711/4712    [001]  1234.000000567:          1   ', true, true, true",
    "'   4711/4712    [001]  1234.000000567:   ', true, true, true",
    "'   12/13    [001]          1 ', true, true, false",
    "' 4711/4712  [001]          1 ', true, true, false",
    "' 4711/4712           1 ', true, false, false",
    "'1234567/1234568          1 ', true, false, false",
    "'   4711/4712    ', true, false, false",
    "'12345 [001]          1 ', false, true, false",
    "' 4712  1234.000000567:          1 ', false, false, true"
  })
  void theNameMayBeMissingAndThePeriodThere(String start, boolean pid, boolean cpu, boolean time)
      throws IOException {
    String text = start + LINE.substring(LINE.indexOf("raw_syscalls"));
    ExitFrame frame = read(text).onlyFrame();
    Task named = read("              ls " + text).onlyFrame().task();
    assertThat(frame.task().comm()).isEmpty();
    assertThat(frame.task().pid().equals(frame.task().tid())).isEqualTo(!pid);
    assertThat(frame.cpu()).isEqualTo(cpu ? OptionalLong.of(1) : OptionalLong.empty());
    assertThat(frame.timeNanos())
        .isEqualTo(time ? OptionalLong.of(1_234_000_000_567L) : OptionalLong.empty());
    assertThat(frame.task()).isEqualTo(new Task(named.pid(), named.tid(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ls", "worker 1/4", "7 zip", "a 1 b ", " "})
  void theTimeMayBeMissingAndThePeriodThere(String comm) throws IOException {
    String text =
        LINE.replace("              ls", " ".repeat(16 - comm.length()) + comm)
            .replace("1234.000000567:", "         1");
    ExitFrame frame = read(text).onlyFrame();
    assertThat(frame.task())
        .isEqualTo(
            new Task(
                OptionalLong.of(4711), OptionalLong.of(4712), Optional.of(comm.stripLeading())));
    assertThat(frame.cpu()).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a 12/12 [003]", "#1", "7", "1.5:", "e: x", "PERF_RECORD_X", "dead beef"})
  void namesThatLookLikeOtherFields(String comm) throws IOException {
    String text = LINE.replace("              ls", " ".repeat(16 - comm.length()) + comm);
    assertThat(read(text).onlyFrame().task().comm()).contains(comm);
  }

  @Test
  void aNameThatBeginsWithAHashIsNoComment() throws IOException {
    assertThat(read(LINE.stripLeading().replaceFirst("ls", "#x")).onlyFrame().task().comm())
        .contains("#x");
  }

  @Test
  void theRegistersOfTheInterruptAreNotThoseOfUserSpace() throws IOException {
    String kernel =
        LINE.replace("IP:0x7f0000001000", "IP:0xffffffff81417e9c").replace("CS:0x33", "CS:0x10");
    assertThat(read(kernel).onlyReject().reason()).isEqualTo(RejectReason.NO_USER_REGISTERS);
    String vsyscall = LINE.replace("IP:0x7f0000001000", "IP:0xffffffffff600007");
    assertThat(read(vsyscall).onlyFrame().registers().rip()).isEqualTo(0xffff_ffff_ff60_0007L);
  }

  @Test
  void anInterruptOfAKernelThatHasShownThePlaceholderMayShowItToo() throws IOException {
    String exit = LINE.replace("CX:0x7f0000001000", "CX:0xffffffffffffffff");
    String timer =
        exit.replace(
            "raw_syscalls:sys_exit: NR 39 = -2", "irq_vectors:local_timer_exit: vector=236");
    assertThat(read(timer).frames()).hasSize(1);
    assertThat(read(exit + "\n" + timer).rejects())
        .extracting(Reject::reason)
        .containsExactly(RejectReason.RCX_UNKNOWN, RejectReason.RCX_UNKNOWN);
    assertThat(read("# os release : 3.10.0-1160.el7.x86_64\n" + timer).onlyReject().reason())
        .isEqualTo(RejectReason.RCX_UNKNOWN);
    assertThat(read("# os release : 5.14.0\n" + exit + "\n" + timer).frames()).hasSize(2);
  }

  /** An interrupt of a kernel thread has none, though they were recorded; a fault always has. */
  @Test
  void anInterruptWithoutRegistersAmongOthersIsOfAKernelThread() throws IOException {
    String timer =
        FIRST.replace(
            "raw_syscalls:sys_exit: NR 39 = -2", "irq_vectors:local_timer_exit: vector=236");
    assertThat(read(timer).onlyReject().reason()).isEqualTo(RejectReason.NO_USER_REGISTERS);
    assertThat(read(timer.replace("4711/4712", "   0/0   ")).records())
        .containsExactly(Ignored.IGNORED);
    Traces.Whole whole = read(LINE + "\n" + timer + "\n" + FIRST + "\n");
    assertThat(whole.counts().ignored()).isEqualTo(1);
    assertThat(whole.rejects()).extracting(it -> it.place().position()).containsExactly(3L);
  }

  private static final String TIMER =
      FIRST.replace(
          "raw_syscalls:sys_exit: NR 39 = -2", "irq_vectors:local_timer_exit: vector=236");

  private static final String STACK_OF_KERNEL =
      STACK.substring(0, STACK.indexOf('\n') + 1)
          + "\tffffffff81100e4c ret_from_fork_asm+0x1c ([kernel.kallsyms])\n";

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "  /home/a b/vector.cc:12\n"})
  void anInterruptWhoseRegistersAreCutOffBelowAStackOfUserCodeIsAReject(String behind)
      throws IOException {
    Reject reject = onlyReject(read(LINE + "\n" + TIMER + "\n" + STACK + behind));
    assertThat(reject)
        .isEqualTo(
            new Reject(
                Place.ofLine(path().toString(), 2),
                RejectReason.LINE_CUT_OFF,
                "the text ends before the registers of this sample, whose call stack is of user"
                    + " code",
                TIMER));
  }

  @Test
  void soIsOneThatEndsWithinItsStack() throws IOException {
    String cut = STACK_OF_KERNEL.stripTrailing();
    Reject reject = onlyReject(read(LINE + "\n" + TIMER + "\n" + cut));
    assertThat(reject.reason()).isEqualTo(RejectReason.LINE_CUT_OFF);
  }

  private static Reject onlyReject(Traces.Whole whole) {
    assertThat(whole.frames()).hasSize(1);
    assertThat(whole.counts().ignored()).isZero();
    assertThat(whole.rejects()).hasSize(1);
    return whole.rejects().get(0);
  }

  @Test
  void aKernelThreadAtTheEndHasAStackOfTheKernelAlone() throws IOException {
    Traces.Whole whole = read(LINE + "\n" + TIMER + "\n" + STACK_OF_KERNEL);
    assertThat(whole.rejects()).isEmpty();
    assertThat(whole.counts().ignored()).isEqualTo(1);
  }

  @Test
  void aStackWithoutRegistersIsNotCutOffWhereNoneWerePrinted() throws IOException {
    assertThat(read(TIMER + "\n" + STACK).onlyReject().reason())
        .isEqualTo(RejectReason.NO_USER_REGISTERS);
    String enter = FIRST.replace("sys_exit", "sys_enter");
    assertThat(read(LINE + "\n" + enter + "\n" + STACK).rejects()).isEmpty();
  }

  // Everything around the samples

  @Test
  void piecesOfTheRecordingThatPerfMissesCountAsLost() throws IOException {
    String text = "Warning:\nProcessed 900 events and lost 2 chunks!\n\nCheck IO/CPU overload!\n\n";
    Traces.Whole whole = read(LINE + "\n" + text);
    assertThat(whole.counts().lost()).isEqualTo(2);
    assertThat(whole.frames()).hasSize(1);
    assertThat(whole.rejects()).hasSize(3);
  }

  @Test
  void recordsOfPerfWithoutAStartArePassedOver() throws IOException {
    assertThat(read("PERF_RECORD_FINISHED_ROUND\n" + LINE + "\n").records()).hasSize(1);
  }

  @Test
  void theHeaderIsLearntFromItsComments() throws IOException {
    String text =
        """
        # ========
        # captured on    : Sun Nov 22 06:33:11 2026
        # hostname : sample
        # os release : 6.18.44
        # perf version : 6.1.192
        # arch : x86_64
        # cmdline : /usr/bin/perf record -e a : b
        # event : name = raw_syscalls:sys_exit, , id = { 7 }
        # ========
        #
        """;
    Traces.Whole whole = read(text + LINE);
    assertThat(whole.records()).hasSize(1);
    assertThat(whole.header())
        .isEqualTo(
            new TraceHeader(
                "6.18.44", "6.1.192", "sample", "x86_64", "/usr/bin/perf record -e a : b"));
  }

  private static final String HEADER =
      """
      # ========
      # hostname : sample
      # os release : 6.9.1
      # perf version : 6.1.192
      # arch : x86_64
      # nrcpus online : 2
      # cpudesc : one
      # cpuid : GenuineIntel,6,143,8
      # cmdline : perf record a
      # ========
      """;

  @Test
  void ofTextsThatWerePutTogetherOnlyWhatAllSayIsKnown() throws IOException {
    TraceHeader one = read(HEADER + LINE).header();
    assertThat(read(HEADER + LINE + "\n" + HEADER + LINE).header()).isEqualTo(one);
    String other = HEADER.replace("6.9.1", "3.19.0").replace(": one", ": two");
    TraceHeader both =
        one.withKernelRelease("").withProcessors(one.processors().withDescription(""));
    assertThat(read(HEADER + LINE + "\n" + other + LINE).header()).isEqualTo(both);
    assertThat(read(HEADER + LINE + "\n" + other + LINE + "\n" + HEADER + LINE).header())
        .as("nor does the first come back")
        .isEqualTo(both);
    String none =
        HEADER.replaceAll("(?m)^(# [a-z ]+ : ).*", "$1of another").replace("n : of", "n : 7");
    assertThat(read(HEADER + LINE + "\n" + none + LINE).header()).isEqualTo(TraceHeader.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{ sample_period, sample_freq } = 101, sample_type = IP|TID|TIME|RAW, disabled = 1; 101",
        "{ sample_period, sample_freq } = 101, sample_type = IP|PERIOD|RAW, disabled = 1; 1",
        "{ sample_period, sample_freq } = 99, sample_type = IP|TID|RAW, disabled = 1, freq = 1; 0",
        "{ sample_period, sample_freq } = 1, sample_type = IP|TID|RAW; 1",
        "{ sample_period, sample_freq } = 101, sample_type = IP|RAW, inherit = 1; 101"
      })
  void anEventsCommentTellsHowManyOfItWereRecorded(String settings, long every) throws IOException {
    String event = "# event : name = %s, , id = { 7 }, type = 2, size = 128, config = 0x1ba, %s\n";
    String other = event.formatted("sched:sched_switch", "{ sample_period, sample_freq } = 9, x");
    assertThat(
            read(other + event.formatted("raw_syscalls:sys_exit", settings) + LINE)
                .header()
                .sampling())
        .isEqualTo(Sampling.oneOf(every));
  }

  @Test
  void lossesAreCountedAndAreNotAmongTheSeen() throws IOException {
    String start = "              ls  4711/4712  [001]  1234.000000567: ";
    Traces.Whole whole =
        read(
            start
                + "PERF_RECORD_LOST lost 17\n"
                + LINE
                + "\n"
                + start
                + "PERF_RECORD_LOST lost 4\n"
                + start
                + "PERF_RECORD_COMM exec: lost 9:1/1\n");
    assertThat(whole.counts().lost()).isEqualTo(21);
    assertThat(whole.counts().seen()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "PERF_RECORD_LOST lost 3, PERF_RECORD_LOST_SAMPLES lost 5, 5",
    "PERF_RECORD_LOST lost 5, PERF_RECORD_LOST_SAMPLES lost 3, 5",
    "PERF_RECORD_LOST_SAMPLES lost 5, PERF_RECORD_LOST_SAMPLES lost 3, 8",
    "PERF_RECORD_LOST lost 9223372036854775807, PERF_RECORD_LOST lost 1, 9223372036854775807",
    "PERF_RECORD_LOST lost 18446744073709551615, PERF_RECORD_LOST lost 1, 9223372036854775807",
    "PERF_RECORD_LOST lost x, PERF_RECORD_LOST, 0"
  })
  void theSameLossToldTwiceCountsOnce(String first, String second, long lost) throws IOException {
    String start = "              ls  4711/4712  [001]  1234.000000567: ";
    Traces.Whole whole = read(start + first + "\n" + start + second + "\n");
    assertThat(whole.counts().lost()).isEqualTo(lost);
  }

  @Test
  void blankLinesArePassedOver() throws IOException {
    assertThat(read("\n  \n\t\n" + LINE + "\n\n").records()).hasSize(1);
  }

  @Test
  void linesMayEndAsOnWindows() throws IOException {
    assertThat(read(LINE + "\r\n\r\n" + LINE + "\r\n").frames())
        .extracting(it -> it.registers().r11())
        .containsExactly(0x246L, 0x246L);
  }

  @Test
  void aLineLongerThanAMebibyteIsOneReject() throws IOException {
    Traces.Whole whole = read("x".repeat((1 << 20) + 1) + "\n" + LINE + "\n");
    assertThat(whole.frames()).hasSize(1);
    assertThat(whole.rejects())
        .extracting(Reject::sentence, it -> it.excerpt().length())
        .containsExactly(
            tuple(
                path()
                    + ":1: the line is longer than a trace line can be; check that this is a text"
                    + " file.",
                160));
  }

  @Test
  void aLineOfAMebibyteIsALine() throws IOException {
    String line = LINE + " ".repeat((1 << 20) - LINE.length());
    assertThat(read(line).records()).hasSize(1);
  }

  @Test
  void aCutGzipIsTheLastRejectWithItsLine() throws IOException {
    byte[] packed = Files.readAllBytes(Traces.samples().resolve("shell/perf.script.gz"));
    Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(packed, packed.length / 2));
    Traces.Whole whole = Traces.readAll(open(cut));
    long comments =
        new String(Traces.perfScript(Traces.samples().resolve("shell")), StandardCharsets.UTF_8)
            .lines()
            .takeWhile(it -> it.startsWith("#"))
            .count();
    long lines = comments + whole.records().size();
    assertThat(whole.frames()).hasSizeGreaterThan(100);
    assertThat(whole.rejects())
        .extracting(Reject::reason, Reject::sentence)
        .containsExactly(
            tuple(
                RejectReason.BROKEN_FRAMING,
                cut
                    + ":"
                    + lines
                    + ": the compressed data is damaged or cut off (Unexpected end of ZLIB input"
                    + " stream); copy the file whole, or record again."));
  }

  @Test
  void aGzipWithoutItsLastBytesSaysSo() throws IOException {
    Path packed = Traces.gzip(folder.resolve("cut.gz"), LINE.getBytes(StandardCharsets.UTF_8));
    byte[] bytes = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(bytes, bytes.length - 3));
    assertThat(Traces.readAll(open(packed)).rejects())
        .extracting(Reject::detail)
        .containsExactly("the compressed data is damaged or cut off (EOFException)");
  }

  @Test
  void aCutZstandardFileIsTheLastReject() throws IOException {
    byte[] text = Traces.perfScript(Traces.samples().resolve("shell"));
    Path packed = Traces.zstd(folder.resolve("cut.zst"), text);
    byte[] bytes = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(Traces.readAll(open(packed)).rejects())
        .extracting(Reject::reason)
        .containsExactly(RejectReason.BROKEN_FRAMING);
  }
}
