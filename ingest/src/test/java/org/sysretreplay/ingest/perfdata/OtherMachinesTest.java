package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.perfdata.SampledEvent.Field;
import org.sysretreplay.ingest.perfdata.SampledEvent.Told;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/** Recordings whose registers are not those of x86-64. */
class OtherMachinesTest {

  /** X0 to X29, LR, SP and PC, as perf of aarch64 numbers them. */
  private static final long REGISTERS_OF_AARCH64 = 0x1_ffff_ffffL;

  private static final int HEADER_ATTR = 64;
  private static final int HEADER_FEATURE = 80;
  private static final int COMM = 3;
  private static final int ATTR_BYTES = 136;

  @TempDir Path folder;

  private final SampledEvent exit = SampledEvent.sysExit();
  private final PerfDataBuilder file = new PerfDataBuilder().event(exit);

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("perf.data"), bytes);
  }

  private void assertRefused(byte[] bytes, String message) throws IOException {
    Path path = write(bytes);
    assertThatThrownBy(() -> TraceFormat.PERF_DATA.open(path, Reading.AS_RECORDED))
        .isInstanceOf(TraceException.class)
        .hasMessage(path + message);
  }

  private Traces.Whole read(byte[] bytes) throws IOException {
    return Traces.readAll(TraceFormat.PERF_DATA, write(bytes));
  }

  private byte[] recording() {
    return file.sample(exit.sample(Told.at(5, 10))).toBytes();
  }

  /** A pipe's attribute, then what comes between it and the first sample. */
  private PerfDataBuilder pipe() {
    LittleEndianOutput attr =
        new LittleEndianOutput().bytes(Arrays.copyOf(exit.attr(ATTR_BYTES), ATTR_BYTES));
    exit.ids().forEach(attr::u64);
    return file.record(HEADER_ATTR, attr.toBytes());
  }

  private PerfDataBuilder archRecord(String arch) {
    return file.record(
        HEADER_FEATURE,
        new LittleEndianOutput().u64(PerfDataBuilder.FEATURE_ARCH).perfString(arch).toBytes());
  }

  private byte[] pipeWithSample() {
    return file.tracingDataRecord().sample(exit.sample(Told.at(5, 10))).toPipeBytes();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"aarch64", "armv7l", "ppc64le", "s390x", "riscv64", "mips64", "loongarch64"})
  void aFileOfAnotherMachineIsRefusedByItsName(String arch) throws IOException {
    file.arch(arch);
    assertRefused(
        recording(),
        ": it was recorded on %s, and only exits of x86-64 can be judged; record on x86-64."
            .formatted(arch));
  }

  @ParameterizedTest
  @ValueSource(strings = {"i386", "i586", "i686"})
  void a32BitKernelIsAnotherMachine(String arch) throws IOException {
    file.arch(arch);
    assertRefused(
        recording(),
        ": it was recorded on %s, and only exits of x86-64 can be judged; record on x86-64 with a"
                .formatted(arch)
            + " 64-bit kernel, and not under linux32.");
  }

  @Test
  void theNameOfAMachineIsPrintable() throws IOException {
    file.arch("\u001b[31m" + "x".repeat(100));
    assertRefused(
        recording(),
        ": it was recorded on \uFFFD[31m%s, and only exits of x86-64 can be judged; record on"
                .formatted("x".repeat(35))
            + " x86-64.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aarch64", "i686", "s390x"})
  void aPipeOfAnotherMachineIsRefusedBeforeItIsRead(String arch) throws IOException {
    pipe();
    archRecord(arch);
    Path path = write(pipeWithSample());
    assertThatThrownBy(() -> TraceFormat.PERF_DATA.open(path, Reading.AS_RECORDED))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(path + ": it was recorded on " + arch + ", and only");
  }

  @Test
  void aPipeThatNamesItsMachineLateIsRefusedAsWell() throws IOException {
    pipe();
    file.tracingDataRecord().comm(exit, 5, "ls", 0);
    archRecord("aarch64");
    Path path = write(file.sample(exit.sample(Told.at(5, 10))).toPipeBytes());
    assertThatThrownBy(() -> Traces.readAll(TraceFormat.PERF_DATA, path))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("it was recorded on aarch64");
  }

  @Test
  void registersOfAnotherMachineAreRefusedWhereNoneIsNamed() throws IOException {
    exit.userRegisters(REGISTERS_OF_AARCH64);
    assertRefused(
        recording(),
        ": its samples hold registers that x86-64 does not have (sample_regs_user is 0x1ffffffff),"
            + " so it was recorded on another machine; record on x86-64.");
  }

  @Test
  void aPipeWithRegistersOfAnotherMachineIsRefusedWhereNoneIsNamed() throws IOException {
    exit.userRegisters(REGISTERS_OF_AARCH64);
    pipe();
    assertRefused(
        pipeWithSample(),
        ": its samples hold registers that x86-64 does not have (sample_regs_user is 0x1ffffffff),"
            + " so it was recorded on another machine; record on x86-64.");
  }

  @Test
  void registersThatANewerKernelMayHaveAreReadWhereTheMachineIsNamed() throws IOException {
    exit.userRegisters(SampledEvent.RECOMMENDED_REGISTERS | 1L << 40);
    file.arch("x86_64");
    assertThat(read(recording()).frames()).hasSize(1);
  }

  @Test
  void theMaskOfSamplesWithoutUserRegistersSaysNothing() throws IOException {
    exit.userRegisters(REGISTERS_OF_AARCH64).without(Field.REGS_USER);
    assertThat(read(recording()).rejects()).hasSize(1);
  }

  @Test
  void anX86FileWithoutANameIsRead() throws IOException {
    assertThat(read(recording()).frames()).hasSize(1);
    assertThat(read(file.arch("").toBytes()).frames()).hasSize(1);
  }

  @Test
  void anX86PipeIsRead() throws IOException {
    pipe();
    archRecord("x86_64");
    assertThat(read(pipeWithSample()).frames()).hasSize(1);
  }

  @Test
  void aPipeWhoseHeadIsCutOffIsRejectedWhereItEnds() throws IOException {
    pipe();
    byte[] cut = Arrays.copyOf(file.record(COMM, new byte[40]).toPipeBytes(), 100);
    assertThat(read(cut).onlyReject().sentence())
        .contains(" @ byte 0x10: the records cannot be told apart");
  }

  @Test
  void theMachineOfARealRecordingIsNamed() throws IOException {
    assertRefused(
        Cases.bytes("aarch64"),
        ": it was recorded on aarch64, and only exits of x86-64 can be judged; record on x86-64.");
    assertThat(read(Cases.bytes("x86-control")).frames()).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({
    "2ELIFREP,this perf.data comes from a big-endian machine; record on x86-64.",
    "ELIFFREP,this perf.data comes from a big-endian machine; record on x86-64.",
    "PERFFILE,'this is a perf.data of version 1 (PERFFILE), from before perf could record"
        + " registers; record again with a perf from Linux 3.7 on.'",
  })
  void otherMagicsAreRefusedByTheirName(String magic, String message) throws IOException {
    byte[] bytes = recording();
    System.arraycopy(magic.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 8);
    assertThat(TraceFormat.of(write(bytes))).contains(TraceFormat.PERF_DATA);
    assertRefused(bytes, ": " + message);
  }
}
