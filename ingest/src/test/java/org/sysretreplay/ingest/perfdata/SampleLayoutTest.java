package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.perfdata.SampledEvent.Field;
import org.sysretreplay.ingest.perfdata.SampledEvent.Told;
import org.sysretreplay.ingest.sample.PerfRegister;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/** A sample gives the right frame whatever other fields it holds. */
class SampleLayoutTest {

  private static final int READ_FORMATS = 1 << 5;

  /** Each of the registers that the check needs, by its bit; RSP and RAX may be missing. */
  private static final long NEEDED_REGISTERS = SampledEvent.RECOMMENDED_REGISTERS & ~(1L | 1L << 7);

  static IntStream readFormats() {
    return IntStream.range(0, READ_FORMATS);
  }

  @ParameterizedTest
  @EnumSource(Field.class)
  void everyFieldOnItsOwn(Field field) throws IOException {
    assertFramesComeOutRight(SampledEvent.sysExit().fields(field.bit() | Field.REGS_USER.bit()), 1);
  }

  @ParameterizedTest
  @EnumSource(Field.class)
  void everyFieldBesideTheUsualOnes(Field field) throws IOException {
    assertFramesComeOutRight(SampledEvent.sysExit().with(field), 2);
  }

  @ParameterizedTest
  @MethodSource("readFormats")
  void everyReadFormat(int readFormat) throws IOException {
    assertFramesComeOutRight(
        SampledEvent.sysExit().with(Field.READ).readFormat(readFormat), readFormat);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 17, 1 << 19, 1 << 17 | 1 << 19, 1 << 3})
  void everyBranchFormat(long branchFormat) throws IOException {
    assertFramesComeOutRight(
        SampledEvent.sysExit().with(Field.BRANCH_STACK).branchFormat(branchFormat), 3);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void anyCombination(
      @ForAll long seed,
      @ForAll @IntRange(max = (1 << 25) - 1) int fields,
      @ForAll @IntRange(max = READ_FORMATS - 1) int readFormat,
      @ForAll long userRegisters,
      @ForAll long interruptRegisters,
      @ForAll boolean branchIndex,
      @ForAll boolean branchCounters)
      throws IOException {
    assertFramesComeOutRight(
        SampledEvent.sysExit()
            .fields(fields | Field.REGS_USER.bit())
            .readFormat(readFormat)
            .branchFormat((branchIndex ? 1L << 17 : 0) | (branchCounters ? 1L << 19 : 0))
            .userRegisters(userRegisters | NEEDED_REGISTERS)
            .interruptRegisters(interruptRegisters),
        seed);
  }

  /** Three samples, among those of a second event if samples carry ids. */
  private static void assertFramesComeOutRight(SampledEvent event, long seed) throws IOException {
    Random random = new Random(seed);
    PerfDataBuilder file =
        new PerfDataBuilder().event(event).kernelRelease("6.18.44").arch("x86_64");
    boolean two = event.has(Field.IDENTIFIER) || event.has(Field.ID);
    if (two) {
      file.event(SampledEvent.of("raw_syscalls:sys_enter", 442, 8L, 9L));
    }
    List<TraceRecord> expected = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Told told = told(i, random);
      file.sample(event.sample(told, random));
      expected.add(new Accepted(frame(event, told, i)));
    }
    Path written = Files.createTempFile("layout", ".perf.data");
    try {
      assertThat(Traces.readAll(TraceFormat.PERF_DATA, file.writeTo(written)).records())
          .isEqualTo(expected);
    } finally {
      Files.delete(written);
    }
  }

  private static Told told(int i, Random random) {
    Registers registers =
        new Registers(
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            0x33,
            random.nextLong());
    return new Told(
        random.nextInt(),
        random.nextInt(),
        1_000L + i,
        random.nextInt(1 << 16),
        random.nextLong(),
        random.nextLong(),
        2,
        registers);
  }

  private static ExitFrame frame(SampledEvent event, Told told, long seq) {
    Task task =
        event.has(Field.TID)
            ? new Task(
                OptionalLong.of(told.pid()),
                OptionalLong.of(told.tid()),
                Optional.of(":" + told.tid()))
            : Task.UNKNOWN;
    return new ExitFrame(
            seq,
            ifPresent(event.has(Field.TIME), told.time()),
            ifPresent(event.has(Field.CPU), told.cpu()),
            task,
            EntryKind.SYSCALL,
            Optional.of(event.name()),
            ifPresent(event.has(Field.RAW), told.nr()),
            ifPresent(event.has(Field.RAW), told.ret()),
            told.regs(),
            ifPresent(event.hasUserRegister(7), Told.RSP),
            ifPresent(event.hasUserRegister(0), Told.RAX))
        .early();
  }

  private static OptionalLong ifPresent(boolean present, long value) {
    return present ? OptionalLong.of(value) : OptionalLong.empty();
  }

  @ParameterizedTest
  @EnumSource(PerfRegister.class)
  void theRegistersOfTheCheckAreAmongTheRecommendedOnes(PerfRegister register) {
    long recommended =
        IntStream.range(0, Long.SIZE)
            .filter(bit -> (SampledEvent.RECOMMENDED_REGISTERS >>> bit & 1) != 0)
            .filter(bit -> bit == register.bit())
            .count();
    assertThat(recommended).isEqualTo(1);
  }
}
