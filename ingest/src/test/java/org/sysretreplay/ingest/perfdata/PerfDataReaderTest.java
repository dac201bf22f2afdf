package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.perfdata.PerfDataBuilder.Naming;
import org.sysretreplay.ingest.perfdata.SampledEvent.Field;
import org.sysretreplay.ingest.perfdata.SampledEvent.Told;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Processors;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceReader;
import org.sysretreplay.ingest.trace.TraceReaderContract;
import org.sysretreplay.ingest.trace.TraceRecord.Ignored;

class PerfDataReaderTest implements TraceReaderContract {

  private static final int LOST = 2;
  private static final int LOST_SAMPLES = 13;
  private static final int AUXTRACE = 71;
  private static final int COMPRESSED = 81;

  /** Little more than the greatest record. */
  private static final int SMALL_WINDOW_BYTES = (1 << 16) + 8;

  private static final int FROM_A_FILTER = 1 << 15;

  private static final Registers SYSCALL = Told.at(5, 10).regs();

  @TempDir Path folder;

  private final SampledEvent exit = SampledEvent.sysExit();
  private final PerfDataBuilder file = new PerfDataBuilder().event(exit).kernelRelease("6.18.44");

  @Override
  public Path soundFile(Path folder) {
    return Traces.perfData("trap-flag");
  }

  @Override
  public TraceReader open(Path file) {
    return TraceFormat.PERF_DATA.open(file, Reading.AS_RECORDED);
  }

  private Traces.Whole read() throws IOException {
    return Traces.readAll(TraceFormat.PERF_DATA, write());
  }

  private Path write() throws IOException {
    return file.writeTo(path());
  }

  private Path path() {
    return folder.resolve("perf.data");
  }

  private PerfDataBuilder sample(int tid, long time) {
    return file.sample(exit.sample(Told.at(tid, time)));
  }

  @Test
  void whatStandsBehindARecordingIsAReject() throws IOException {
    byte[] one = Files.readAllBytes(Traces.perfData("trap-flag"));
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    Traces.Whole alone = Traces.readAll(TraceFormat.PERF_DATA, Files.write(path(), one));
    assertThat(alone.rejects()).isEmpty();

    for (byte[] more : List.of(two, Arrays.copyOf(two, one.length + 1))) {
      Traces.Whole read = Traces.readAll(TraceFormat.PERF_DATA, Files.write(path(), more));

      assertThat(read.frames()).isEqualTo(alone.frames());
      assertThat(read.rejects())
          .singleElement()
          .matches(it -> it.reason() == RejectReason.BROKEN_FRAMING)
          .matches(
              it ->
                  it.sentence()
                      .startsWith(
                          "%s @ byte 0x%x: something else stands behind the recording, and was not"
                                  .formatted(path(), one.length)
                              + " read;"));
    }
  }

  // Samples as records

  @Test
  void aSampleWithoutUserRegistersIsARejectWithARemedy() throws IOException {
    exit.without(Field.REGS_USER);
    sample(5, 10);
    assertThat(read().onlyReject().sentence())
        .isEqualTo(
            path()
                + " @ byte 0x108: raw_syscalls:sys_exit: the sample has no user registers; record"
                + " with --user-regs=ip,flags,cx,r11,cs,ss,sp,ax, and print them with perf"
                + " script --header -F +uregs.");
  }

  @Test
  void aRecordingWithoutUserRegistersIsRejectedSampleBySample() throws IOException {
    exit.without(Field.REGS_USER);
    sample(5, 10);
    assertThat(read().onlyReject().reason()).isEqualTo(RejectReason.NO_USER_REGISTERS);
  }

  @Test
  void theRejectKeepsTheStartOfTheRecordInHexadecimal() throws IOException {
    exit.without(Field.REGS_USER);
    sample(5, 10);
    assertThat(read().onlyReject().excerpt())
        .hasSize(128)
        .startsWith("09000000" + "0000" + "6000" + "0700000000000000");
  }

  @Test
  void abi1WithThe32BitSelectorIsCompat() throws IOException {
    file.sample(exit.sample(Told.at(5, 10).abi(1).regs(SYSCALL.with(Register.CS, 0x23))));
    assertThat(read().onlyFrame().entry()).isEqualTo(EntryKind.COMPAT);
  }

  @ParameterizedTest
  @CsvSource({
    "20, compat, INT80",
    "57, compat, INT80",
    "59, compat, INT80",
    "-1, syscall, RT_SIGRETURN"
  })
  void aCallOfLocalCodeCameByInt80(long number, String entry, EntryPath path) throws IOException {
    Registers registers = SYSCALL.with(Register.CS, 0x0f);
    file.sample(exit.sample(Told.at(5, 10).nr(number).abi(1).regs(registers)));
    assertThat(read().onlyFrame().entry().key()).isEqualTo(entry);
    assertThat(read().onlyFrame().path()).isEqualTo(path);
    assertThat(read().onlyFrame().cause()).contains(Cause.LDT_SEGMENT);
  }

  @Test
  void aFaultOfLocalCodeIsAFault() throws IOException {
    SampledEvent fault = SampledEvent.of("exceptions:page_fault_user", 98, 8L);
    file.event(fault);
    file.sample(fault.sample(Told.at(5, 10).abi(1).regs(SYSCALL.with(Register.CS, 0x0f))));
    assertThat(read().onlyFrame().entry()).isEqualTo(EntryKind.EXCEPTION);
    assertThat(read().onlyFrame().path()).isEqualTo(EntryPath.EXCEPTION);
  }

  @ParameterizedTest
  @CsvSource({"1, 0x33", "2, 0x23"})
  void anyOtherSelectorOrAbiKeepsTheEntryKind(long abi, String cs) throws IOException {
    Registers registers = SYSCALL.with(Register.CS, Long.decode(cs));
    file.sample(exit.sample(Told.at(5, 10).abi(abi).regs(registers)));
    assertThat(read().onlyFrame().entry()).isEqualTo(EntryKind.SYSCALL);
    assertThat(read().onlyFrame().registers()).isEqualTo(registers);
  }

  @ParameterizedTest
  @CsvSource({
    "19, R11",
    "2, CX",
    "8, IP",
    "9, FLAGS",
    "10, CS",
    "11, SS",
  })
  void aMissingRegisterIsNamedWithTheOptionThatRecordsIt(int bit, String name) throws IOException {
    exit.userRegisters(SampledEvent.RECOMMENDED_REGISTERS & ~(1L << bit));
    sample(5, 10);
    assertThat(read().onlyReject().sentence())
        .isEqualTo(
            path()
                + " @ byte 0x108: raw_syscalls:sys_exit: a register that the check needs was not"
                + " recorded: ["
                + name
                + "]; record with --user-regs=ip,flags,cx,r11,cs,ss,sp,ax.");
  }

  @Test
  void rspAndRaxAreOptional() throws IOException {
    exit.userRegisters(SampledEvent.RECOMMENDED_REGISTERS & ~0x81L);
    sample(5, 10);
    assertThat(read().onlyFrame().rsp()).isEmpty();
    assertThat(read().onlyFrame().rax()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4.0.9",
        "4.0",
        "4.0.0-rc1",
        "4.0-generic",
        "4.1.0-rc3",
        "4.1-rc8",
        "4.1.0-0.rc1.git0.1.fc23.x86_64",
        "4.1.0-040100rc1-generic",
        "3.19.8",
        "3.10.0-1160.el7.x86_64",
        "3.2.0-4-amd64",
        "2.6.32-754.el6.x86_64",
        ""
      })
  void rcxOfMinusOneIsUnknownOnKernelsThatReportNoRcx(String release) throws IOException {
    file.kernelRelease(release);
    file.sample(exit.sample(Told.at(5, 10).regs(SYSCALL.with(Register.RCX, -1))));
    assertThat(read().onlyReject().reason()).isEqualTo(RejectReason.RCX_UNKNOWN);
    assertThat(read().onlyReject().detail())
        .isEqualTo(
            "raw_syscalls:sys_exit: the kernel reported RCX as -1, which kernels up to 4.1-rc do"
                + " for traced syscalls");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"4.1.12", "4.1.0", "6.18.44", "4.10.0", "4.18.0-553.el8.x86_64", "14.0.1", "10.2"})
  void rcxOfMinusOneIsAValueOnOtherKernels(String release) throws IOException {
    file.kernelRelease(release);
    file.sample(exit.sample(Told.at(5, 10).regs(SYSCALL.with(Register.RCX, -1))));
    assertThat(read().onlyFrame().registers().rcx()).isEqualTo(-1);
    assertThat(read().header().kernelRelease()).isEqualTo(release);
  }

  @Test
  void rtSigreturnMayRestoreAnRcxOfMinusOne() throws IOException {
    file.kernelRelease("4.0.9");
    file.sample(exit.sample(Told.at(5, 10).nr(-1).regs(SYSCALL.with(Register.RCX, -1))));
    assertThat(read().onlyFrame().syscall()).hasValue(-1);
  }

  @ParameterizedTest
  @CsvSource({"4.0.9, false", "4.1.0-rc3, false", "'', true", "6.18.44, true"})
  void anInterruptWithAnRcxOfMinusOneNeedsAKernelThatReportsIt(String release, boolean frame)
      throws IOException {
    SampledEvent timer = SampledEvent.of("irq_vectors:local_timer_exit", 98, 8L);
    file.kernelRelease(release).event(timer);
    file.sample(timer.sample(Told.at(5, 10).regs(SYSCALL.with(Register.RCX, -1))));
    assertThat(read().frames()).hasSize(frame ? 1 : 0);
    assertThat(read().rejects())
        .extracting(Reject::reason)
        .isEqualTo(frame ? List.of() : List.of(RejectReason.RCX_UNKNOWN));
  }

  @Test
  void anExceptionMayHaveAnRcxOfMinusOne() throws IOException {
    SampledEvent fault = SampledEvent.of("exceptions:page_fault_user", 98, 8L);
    file.kernelRelease("4.0.9").event(fault);
    file.sample(fault.sample(Told.at(5, 10).regs(SYSCALL.with(Register.RCX, -1))));
    assertThat(read().onlyFrame().registers().rcx()).isEqualTo(-1);
  }

  @Test
  void anEventThatIsNoReturnIsIgnored() throws IOException {
    SampledEvent enter = SampledEvent.of("raw_syscalls:sys_enter", 442, 8L);
    SampledEvent kernelFault = SampledEvent.of("exceptions:page_fault_kernel", 99, 10L);
    file.event(enter).event(kernelFault);
    file.sample(enter.sample(Told.at(5, 10))).sample(kernelFault.sample(Told.at(5, 11)));
    assertThat(read().records()).containsExactly(Ignored.IGNORED, Ignored.IGNORED);
  }

  @ParameterizedTest
  @CsvSource({
    "exceptions:page_fault_user, EXCEPTION",
    "irq_vectors:local_timer_exit, INTERRUPT",
    "irq_vectors:reschedule_exit, INTERRUPT"
  })
  void theEventTellsTheEntryKind(String name, EntryKind entry) throws IOException {
    SampledEvent event = SampledEvent.of(name, 98, 8L);
    file.event(event).sample(event.sample(Told.at(5, 10)));
    ExitFrame frame = read().onlyFrame();
    assertThat(frame.entry()).isEqualTo(entry);
    assertThat(frame.event()).contains(name);
    assertThat(frame.syscall()).isEmpty();
    assertThat(frame.result()).isEmpty();
  }

  // Losses

  @Test
  void lossesAreCountedAndAreNotAmongTheSeen() throws IOException {
    sample(5, 10).record(LOST, new LittleEndianOutput().u64(7).u64(3).toBytes());
    file.record(LOST, new LittleEndianOutput().u64(7).u64(4).toBytes());
    assertThat(read().counts().lost()).isEqualTo(7);
    assertThat(read().counts().seen()).isEqualTo(1);
  }

  @Test
  void lostSamplesAreCounted() throws IOException {
    file.record(LOST_SAMPLES, new LittleEndianOutput().u64(5).toBytes());
    file.record(LOST_SAMPLES, new LittleEndianOutput().u64(6).toBytes());
    assertThat(read().counts().lost()).isEqualTo(11);
  }

  @Test
  void theSameLossToldTwiceCountsOnce() throws IOException {
    sample(5, 10).record(LOST, new LittleEndianOutput().u64(7).u64(3).toBytes());
    file.record(LOST_SAMPLES, new LittleEndianOutput().u64(5).toBytes());
    assertThat(read().counts().lost()).isEqualTo(5);
  }

  /** The last piece has the total of all, whose own losses the others have told. */
  @ParameterizedTest
  @CsvSource({"--switch-output=1m, 3", "--switch-output, 3", "-z, 5"})
  void ofAPieceOnlyItsOwnLossesCount(String option, long lost) throws IOException {
    LittleEndianOutput words = new LittleEndianOutput().u32(3);
    words.perfString("perf").perfString("record").perfString(option);
    sample(5, 10).feature(11, words.toBytes());
    file.record(LOST, new LittleEndianOutput().u64(7).u64(3).toBytes());
    file.record(LOST_SAMPLES, new LittleEndianOutput().u64(5).toBytes());
    assertThat(read().counts().lost()).isEqualTo(lost);
  }

  @ParameterizedTest
  @ValueSource(ints = {LOST, LOST_SAMPLES})
  void aDamagedLossIsNeverNegative(int type) throws IOException {
    byte[] body = new LittleEndianOutput().u64(-1).u64(-1).toBytes();
    file.record(type, body).record(type, body);
    assertThat(read().counts().lost()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void samplesThatAFilterDroppedAreNotLost() throws IOException {
    file.record(LOST_SAMPLES, FROM_A_FILTER, new LittleEndianOutput().u64(5).toBytes());
    sample(5, 10);
    assertThat(read().counts().lost()).isZero();
  }

  // Names

  private List<Optional<String>> names() throws IOException {
    return read().frames().stream().map(it -> it.task().comm()).toList();
  }

  @Test
  void aThreadHasTheNameThatItHadAtTheTime() throws IOException {
    sample(5, 30).sample(exit.sample(Told.at(5, 10)));
    file.comm(exit, 5, "worker 1/4", 20);
    assertThat(names()).containsExactly(Optional.of(":5"), Optional.of("worker 1/4"));
  }

  @Test
  void aNameFromBeforeTheRecordingHolds() throws IOException {
    file.comm(exit, 5, "init", 0);
    sample(5, 10);
    assertThat(names()).containsExactly(Optional.of("init"));
  }

  @Test
  void aNewThreadHasItsMakersName() throws IOException {
    file.comm(exit, 5, "sh", 1).fork(exit, 6, 5, 2).comm(exit, 5, "ls", 3);
    sample(6, 10);
    assertThat(names()).containsExactly(Optional.of("sh"));
  }

  @Test
  void aThreadOfAnUnnamedMakerIsItsNumber() throws IOException {
    file.comm(exit, 6, "old", 1).fork(exit, 6, 5, 2);
    sample(6, 10);
    assertThat(names()).containsExactly(Optional.of(":6"));
  }

  @Test
  void aThreadKeepsItsNameWhenItEnds() throws IOException {
    file.comm(exit, 5, "sh", 1).exit(exit, 5, 4, 9);
    sample(5, 10);
    assertThat(names()).containsExactly(Optional.of("sh"));
  }

  @Test
  void theIdleThreadIsSwapper() throws IOException {
    sample(0, 10);
    assertThat(names()).containsExactly(Optional.of("swapper"));
  }

  @Test
  void aNameInTheBufferOfAnotherCpuIsInTime() throws IOException {
    sample(5, 20).comm(exit, 5, "late in the file", 19).finishedRound();
    assertThat(names()).containsExactly(Optional.of("late in the file"));
  }

  @Test
  void recordsThatAreNoSampleAreReadByTheLayoutOfTheEventThatWroteThem() throws IOException {
    SampledEvent dummy =
        SampledEvent.of("dummy:u", 9, 8L).type(1).without(Field.CPU).without(Field.RAW);
    file.event(dummy).comm(dummy, 5, "first", 10).comm(dummy, 5, "second", 20);
    sample(5, 15).sample(exit.sample(Told.at(5, 25)));
    assertThat(names()).containsExactly(Optional.of("first"), Optional.of("second"));
  }

  @Test
  void withoutTimesTheOrderOfTheFileHolds() throws IOException {
    exit.without(Field.TIME);
    file.comm(exit, 5, "one", 0);
    sample(5, 0).comm(exit, 5, "two", 0).sample(exit.sample(Told.at(5, 0)));
    assertThat(names()).containsExactly(Optional.of("one"), Optional.of("two"));
    assertThat(read().frames()).allMatch(it -> it.timeNanos().isEmpty());
  }

  @Test
  void withoutSampleIdAllNamesHoldFromTheStart() throws IOException {
    exit.sampleIdAll(false);
    sample(5, 10).comm(exit, 5, "ls", 0);
    assertThat(names()).containsExactly(Optional.of("ls"));
  }

  // Order

  @Test
  void samplesComeInTimeOrder() throws IOException {
    sample(1, 30).sample(exit.sample(Told.at(2, 10))).sample(exit.sample(Told.at(3, 20)));
    assertThat(read().frames())
        .extracting(ExitFrame::seq, it -> it.timeNanos().orElse(-1))
        .containsExactly(tuple(0L, 10L), tuple(1L, 20L), tuple(2L, 30L));
  }

  @Test
  void equalTimesKeepTheOrderOfTheFile() throws IOException {
    for (int tid = 1; tid <= 5; tid++) {
      sample(tid, tid == 3 ? 9 : 10);
    }
    assertThat(tids()).containsExactly(3L, 1L, 2L, 4L, 5L);
  }

  @Test
  void samplesOfNeighbouringRoundsAreSortedTogether() throws IOException {
    sample(1, 10).sample(exit.sample(Told.at(4, 40))).finishedRound();
    sample(3, 30).sample(exit.sample(Told.at(2, 20))).finishedRound();
    sample(6, 60).sample(exit.sample(Told.at(5, 50))).finishedRound();
    assertThat(tids()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  private List<Long> tids() throws IOException {
    return read().frames().stream().map(it -> it.task().tid().orElseThrow()).toList();
  }

  // Headers

  @ParameterizedTest
  @EnumSource(
      value = Naming.class,
      names = {"DESCRIPTIONS", "TRACING_DATA", "BOTH"})
  void eitherSectionNamesTheEvents(Naming naming) throws IOException {
    file.naming(naming);
    sample(5, 10);
    assertThat(read().onlyFrame().event()).contains("raw_syscalls:sys_exit");
    assertThat(read().onlyFrame().syscall()).hasValue(39);
    assertThat(read().onlyFrame().result()).hasValue(5);
  }

  @Test
  void anEventWithoutIdsIsDescribedByItsPlace() throws IOException {
    exit.ids(new Long[0]).without(Field.IDENTIFIER);
    file.naming(Naming.DESCRIPTIONS);
    sample(5, 10);
    assertThat(read().onlyFrame().event()).contains("raw_syscalls:sys_exit");
  }

  @Test
  void theFieldsOfASyscallAreWhereItsFormatFileSays() throws IOException {
    exit.rawOffset(24);
    sample(5, 10);
    assertThat(read().onlyFrame().syscall()).hasValue(39);
    assertThat(read().onlyFrame().result()).hasValue(5);
  }

  @Test
  void anEventThatNothingNamesMakesTheFileUnreadable() throws IOException {
    file.naming(Naming.NONE);
    sample(5, 10);
    assertUnreadable(
        this::read, ": it does not name its event number 441; record again with perf record.");
  }

  @Test
  void anEventOfAnotherTypeKeepsItsDescribedName() throws IOException {
    SampledEvent clock = SampledEvent.of("cpu-clock", 441, 8L).type(1);
    file.event(clock).naming(Naming.DESCRIPTIONS).sample(clock.sample(Told.at(5, 10)));
    assertThat(read().records()).containsExactly(Ignored.IGNORED);
  }

  @ParameterizedTest
  @ValueSource(ints = {88, 96, 104, 112, 120, 128, 136, 144, 256})
  void longerAttributesAreReadAsFarAsTheyAreKnown(int attrBytes) throws IOException {
    file.attrBytes(attrBytes);
    sample(5, 10);
    assertThat(read().onlyFrame().registers()).isEqualTo(SYSCALL);
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 72, 80})
  void theAttributesOfPerfsWithoutUserRegistersAreRead(int attrBytes) throws IOException {
    exit.without(Field.REGS_USER).without(Field.IDENTIFIER).with(Field.ID);
    file.attrBytes(attrBytes);
    sample(5, 10);
    assertThat(read().onlyReject().reason()).isEqualTo(RejectReason.NO_USER_REGISTERS);
  }

  @Test
  void attributesShorterThanTheOldestAreDamage() throws IOException {
    file.attrBytes(56);
    sample(5, 10);
    assertUnreadable(
        this::read,
        " @ byte 0x70: the attribute 0 cannot be read (attr wakeup to config1 needs 16 bytes, 8"
            + " are left); copy the file whole, or record again.");
  }

  @Test
  void aFileOfAnotherKindSaysWhatItIs() throws IOException {
    Files.writeString(path(), "x".repeat(200));
    assertUnreadable(
        () -> open(path()),
        " @ byte 0x0: this is not a perf.data file; give a recording of perf's.");
  }

  @Test
  void aFileShorterThanItsHeaderIsCut() throws IOException {
    sample(5, 10);
    Files.write(path(), Arrays.copyOf(file.toBytes(), 60));
    assertUnreadable(
        () -> open(path()),
        " @ byte 0x0: the file header should be here and is not: the file is cut off or damaged;"
            + " copy the file whole, or record again.");
  }

  @Test
  void aFileThatEndsAmongItsRecordsIsCut() throws IOException {
    byte[] whole = sample(5, 10).toBytes();
    Files.write(path(), Arrays.copyOf(whole, (int) file.dataOffset() + 20));
    assertUnreadable(
        () -> open(path()),
        " @ byte 0x11c: the file is cut off: its records should reach to byte 0x1b0, and the"
            + " events' names behind them are missing; copy the file whole, or record again.");
  }

  @Test
  void oneFileOfARecordingThatIsAFolderIsRefusedByName() throws IOException {
    sample(5, 10).feature(PerfDataBuilder.FEATURE_DIR_FORMAT, new byte[8]);
    assertUnreadable(
        this::read,
        ": this is one file of a recording that is a folder (perf record --threads), and data.0 is"
            + " missing; copy the folder whole.");
  }

  @Test
  void eventsThatShareOneLargeSectionOfIdsAreRefused() throws IOException {
    file.event(SampledEvent.of("exceptions:page_fault_user", 98, 8L));
    file.naming(Naming.TRACING_DATA);
    ByteBuffer bytes = ByteBuffer.wrap(sample(5, 10).toBytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 1; i <= 2; i++) {
      int idSectionSize = (int) file.dataOffset() - 8 - (i - 1) * (136 + 16);
      bytes.putLong(idSectionSize, (bytes.limit() - 112) & ~7L);
    }
    Files.write(path(), bytes.array());
    assertUnreadable(
        () -> open(path()),
        ": its events have more ids than the file has room for; copy the file whole, or record"
            + " again.");
  }

  @Test
  void moreDescriptionsThanEventsCanBeAreRefused() throws IOException {
    byte[] section = new LittleEndianOutput().u32(70_000).u32(0).zeros(8 * 70_000).toBytes();
    sample(5, 10).feature(PerfDataBuilder.FEATURE_EVENT_DESC, section);
    assertThatThrownBy(this::read)
        .isInstanceOf(TraceException.class)
        .hasMessageContaining(
            "the EVENT_DESC cannot be read (event count is 70000, more than 65536); copy the file"
                + " whole, or record again.");
  }

  private void assertUnreadable(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading).isInstanceOf(TraceException.class).hasMessage(path() + message);
  }

  // The window, and packs

  @Test
  void aWindowSmallerThanTheFileGivesTheSameRecords() throws IOException {
    Path recording = Traces.perfData("trap-flag");
    assertThat(Files.size(recording)).isGreaterThan(2 * SMALL_WINDOW_BYTES);
    Traces.Whole small =
        Traces.readAll(
            new PerfDataReader(
                NamedFile.of(recording), Reading.AS_RECORDED, SMALL_WINDOW_BYTES, 0));
    assertThat(small).isEqualTo(Traces.readAll(open(recording)));
  }

  @Test
  void anEmptyFrameInAPackDoesNotHideWhatIsBehindIt() throws IOException {
    byte[] body = exit.sample(Told.at(5, 10));
    byte[] packed =
        new LittleEndianOutput().u32(9).u16(0).u16(8 + body.length).bytes(body).toBytes();
    byte[] empty = Zstd.compress(new byte[0]);
    file.record(
        COMPRESSED,
        new LittleEndianOutput().bytes(empty).bytes(empty).bytes(Zstd.compress(packed)).toBytes());
    assertThat(read().onlyFrame().registers()).isEqualTo(SYSCALL);
  }

  // Damage

  @Test
  void thePayloadOfAuxtraceIsPassedOver() throws IOException {
    sample(5, 10).record(AUXTRACE, new LittleEndianOutput().u64(24).zeros(32).toBytes());
    file.raw(new byte[24]).sample(exit.sample(Told.at(5, 11)));
    assertThat(read().counts().accepted()).isEqualTo(2);
    assertThat(read().counts().seen()).isEqualTo(2);
  }

  @Test
  void aPayloadThatIsNotThereEndsTheReading() throws IOException {
    sample(5, 10).record(AUXTRACE, new LittleEndianOutput().u64(24).zeros(32).toBytes());
    file.raw(new byte[16]);
    assertBroken("payload needs 24 bytes, 16 are left");
  }

  @Test
  void recordsOfUnknownTypesArePassedOver() throws IOException {
    sample(5, 10).record(4711, new byte[40]).record(0x7fff_ffff, new byte[0]);
    sample(5, 11);
    assertThat(read().counts().accepted()).isEqualTo(2);
    assertThat(read().counts().seen()).isEqualTo(2);
  }

  @Test
  void aRecordOfSizeZeroEndsTheReading() throws IOException {
    sample(5, 10).raw(new byte[64]);
    sample(5, 11);
    assertBroken("record of size 0 needs 8 bytes, 0 are left");
  }

  @Test
  void aRecordThatReachesBeyondTheRecordsEndsTheReading() throws IOException {
    sample(5, 10).raw(new LittleEndianOutput().u32(9).u16(0).u16(200).zeros(32).toBytes());
    assertBroken("record of type 9 needs 200 bytes, 40 are left");
  }

  @Test
  void halfARecordHeaderEndsTheReading() throws IOException {
    sample(5, 10).raw(new byte[5]);
    assertBroken("record header needs 8 bytes, 5 are left");
  }

  private void assertBroken(String detail) throws IOException {
    assertThat(read().counts().accepted()).isEqualTo(1);
    assertThat(read().rejects())
        .extracting(Reject::reason, Reject::detail)
        .containsExactly(
            tuple(
                RejectReason.BROKEN_FRAMING,
                RejectReason.BROKEN_FRAMING.sentence() + " (" + detail + ")"));
  }

  @Test
  void aSampleShorterThanItsFieldsIsRejectedAndReadingGoesOn() throws IOException {
    byte[] body = exit.sample(Told.at(5, 10));
    file.sample(Arrays.copyOf(body, body.length - 8));
    sample(5, 11);
    assertThat(read().frames()).hasSize(1);
    assertThat(read().rejects())
        .extracting(Reject::sentence)
        .containsExactly(
            path()
                + " @ byte 0x108: the record is shorter than its own fields (sample user register"
                + " needs 8 bytes, 0 are left); record again; if it persists, report the perf"
                + " version.");
  }

  @Test
  void aSampleTooShortForItsIdIsRejectedAndReadingGoesOn() throws IOException {
    file.sample(new byte[4]);
    sample(5, 11);
    assertThat(read().frames()).hasSize(1);
    assertThat(read().rejects())
        .extracting(Reject::reason, Reject::detail)
        .containsExactly(
            tuple(
                RejectReason.SAMPLE_TRUNCATED,
                "the record is shorter than its own fields (sample id needs 8 bytes, 4 are left)"));
  }

  @Test
  void aCountLargerThanTheSampleIsNamed() throws IOException {
    exit.fields(Field.CALLCHAIN.bit() | Field.IDENTIFIER.bit());
    file.sample(new LittleEndianOutput().u64(7).u64(-1).zeros(16).toBytes());
    assertThat(read().onlyReject().detail())
        .isEqualTo(
            "the record is shorter than its own fields (sample callchain needs"
                + " 18446744073709551615 x 8 bytes, 16 are left)");
  }

  @Test
  void aShortNameRecordIsRejectedAndReadingGoesOn() throws IOException {
    file.record(3, new byte[6]);
    sample(5, 11);
    assertThat(read().frames()).hasSize(1);
    assertThat(read().rejects())
        .extracting(Reject::reason, Reject::detail)
        .containsExactly(
            tuple(
                RejectReason.SAMPLE_TRUNCATED,
                "the record is shorter than its own fields (comm tid needs 4 bytes, 2 are left)"));
  }

  @Test
  void aSampleOfNoEventIsRejectedAndReadingGoesOn() throws IOException {
    SampledEvent stranger = SampledEvent.of("raw_syscalls:sys_exit", 441, 4711L);
    file.sample(stranger.sample(Told.at(5, 10)));
    sample(5, 11);
    assertThat(read().frames()).hasSize(1);
    assertThat(read().rejects())
        .extracting(Reject::sentence)
        .containsExactly(
            path()
                + " @ byte 0x108: the sample belongs to no event of the file's header; record"
                + " again; if it persists, report the perf version.");
  }

  @Test
  void severalEventsWithoutIdsCannotBeToldApart() throws IOException {
    exit.without(Field.IDENTIFIER);
    file.event(SampledEvent.of("exceptions:page_fault_user", 98, 8L).without(Field.IDENTIFIER));
    sample(5, 10);
    assertThat(read().onlyReject().reason()).isEqualTo(RejectReason.EVENT_UNKNOWN);
  }

  @Test
  void theHeaderSaysHowTheTraceWasMade() {
    assertThat(Traces.readAll(open(Traces.perfData("trap-flag"))).header())
        .extracting(
            it -> it.kernelRelease(), it -> it.perfVersion(), it -> it.hostname(), it -> it.arch())
        .containsExactly("6.18.44-fc-v595", "6.1.192", "sample", "x86_64");
  }

  @Test
  void theHeaderSaysWhatTheProcessorsWere() throws IOException {
    file.feature(7, new LittleEndianOutput().u32(64).u32(48).toBytes());
    file.feature(8, new LittleEndianOutput().perfString("AMD EPYC 9654").toBytes());
    file.feature(9, new LittleEndianOutput().perfString("AuthenticAMD,25,17,1").toBytes());
    file.feature(
        11, new LittleEndianOutput().u32(2).perfString("perf").perfString("record").toBytes());
    sample(5, 10);
    assertThat(read().header().processors())
        .isEqualTo(new Processors("AMD EPYC 9654", "AuthenticAMD,25,17,1", 48));
    assertThat(read().header().commandLine()).isEqualTo("perf record");
  }

  @Test
  void timesArePatternsOf64Bits() throws IOException {
    sample(5, Long.MAX_VALUE);
    assertThat(read().onlyFrame().timeNanos()).isEqualTo(OptionalLong.of(Long.MAX_VALUE));
  }

  // How much of it was recorded

  private Sampling sampling(SampledEvent... others) throws IOException {
    Stream.of(others).forEach(file::event);
    sample(5, 10);
    return read().header().sampling();
  }

  @Test
  void aPeriodCountsWhereSamplesDoNotShowIt() throws IOException {
    exit.every(101).withoutPeriod();
    assertThat(sampling()).isEqualTo(Sampling.oneOf(101));
  }

  @Test
  void ofAPeriodThatSamplesShowEveryEventIsThere() throws IOException {
    exit.every(101);
    assertThat(sampling()).isEqualTo(Sampling.WHOLE);
  }

  @Test
  void aFrequencyIsNoRate() throws IOException {
    exit.frequency(1000);
    assertThat(sampling()).isEqualTo(Sampling.VARYING);
  }

  @Test
  void eventsOfSeveralPeriodsHaveNone() throws IOException {
    exit.every(101).withoutPeriod();
    assertThat(sampling(SampledEvent.of("exceptions:page_fault_user", 98, 8L)))
        .isEqualTo(Sampling.VARYING);
  }

  @Test
  void onlyEventsThatTellOfReturnsCount() throws IOException {
    assertThat(
            sampling(
                SampledEvent.of("sched:sched_switch", 98, 8L).every(1000).withoutPeriod(),
                SampledEvent.of("exceptions:page_fault_user", 99, 9L).every(0)))
        .isEqualTo(Sampling.WHOLE);
  }
}
