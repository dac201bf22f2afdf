package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.emulator.Landing.Fault;
import org.sysretreplay.emulator.Landing.NotKnown;
import org.sysretreplay.emulator.Landing.NotUserMode;
import org.sysretreplay.emulator.Landing.UserState;

/** SYSRET and IRETQ bit by bit, from sheet section 4. */
class InstructionTest {

  private static final Registers CLEAN = Registers.ofSyscall(0x7f1234567ab2L, 0x246);

  @Test
  void sysretTakesExactlyTheseFlagsFromR11() {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      boolean taken =
          switch (bit) {
            case 0, 1, 2, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 18, 19, 20, 21 -> true;
            default -> false;
          };
      UserState state = sysret(CLEAN.with(Register.R11, 1L << bit));
      assertThat(state.rflags()).as("bit " + bit).isEqualTo((taken ? 1L << bit : 0) | 2);
    }
  }

  @Test
  void iretqRestoresTheResumeFlagAndOtherwiseTheSameFlags() {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      long value = 1L << bit;
      long bySysret = sysret(CLEAN.with(Register.R11, value)).rflags();
      long byIretq = iretq(CLEAN.with(Register.RFLAGS, value)).rflags();
      assertThat(byIretq).as("bit " + bit).isEqualTo(bit == 16 ? bySysret | value : bySysret);
    }
  }

  @Test
  void sysretReadsOnlyRcxAndR11() {
    Registers odd = new Registers(1, 0x400000, 0x202, 0x3246, 0x23, 0x0f);
    assertThat(sysret(odd))
        .isEqualTo(
            new UserState(
                0x400000, 0x33, 0x202, 0x1000, 0x2b, 0x400000, 0x202, Landing.StepTrap.NONE));
  }

  @Test
  void iretqReadsTheLowHalfWordOfTheSelectorSlots() {
    UserState state = iretq(CLEAN.with(Register.CS, 0x10033).with(Register.SS, 0x7ffef405002bL));
    assertThat(state.cs()).isEqualTo(0x33);
    assertThat(state.ss()).isEqualTo(0x2b);
  }

  @Test
  void iretqTakesUserSelectorsOfTheLdtAsTheyAre() {
    UserState state = iretq(CLEAN.with(Register.CS, 0x07).with(Register.SS, 0x0f));
    assertThat(state.cs()).isEqualTo(0x07);
    assertThat(state.ss()).isEqualTo(0x0f);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0x2b, 0",
    "3, 0x2b, 0",
    "0x33, 0, 0",
    "0x33, 0x1b, 0x18",
    "0x33, 0x0c, 0x0c",
    "0x43, 0x2b, 0x40"
  })
  void iretqFaultsInTheKernelOnABadSelector(long cs, long ss, int errorCode) {
    Registers frame = CLEAN.with(Register.CS, cs).with(Register.SS, ss);
    assertThat(Instruction.IRETQ.execute(frame, 0x1000, Cpu.INTEL))
        .isEqualTo(new Fault("#GP", errorCode, true, false));
  }

  /** The LDT's too: 0x04 to 0x06 are selectors of it that ask for no user privilege. */
  @ParameterizedTest
  @CsvSource({"0x10, 0", "0x11, 1", "0x32, 2", "0x04, 0", "0x05, 1", "0x06, 2"})
  void iretqToAPrivilegedSelectorIsNoReturnToUserMode(long cs, int privilege) {
    assertThat(Instruction.IRETQ.execute(CLEAN.with(Register.CS, cs), 0x1000, Cpu.INTEL))
        .isEqualTo(new NotUserMode(privilege));
  }

  /** set_thread_area fills GDT entries 12 to 14, with data that may be a stack or not. */
  @Test
  void whatIretqDoesWithAThreadLocalStackSegmentIsNotKnown() {
    for (int selector = 0; selector <= 0xff; selector++) {
      Landing landing =
          Instruction.IRETQ.execute(CLEAN.with(Register.SS, selector), 0x1000, Cpu.INTEL);
      boolean local = selector == 0x63 || selector == 0x6b || selector == 0x73;
      assertThat(Selector.isThreadLocal(selector)).as(Hex.of(selector)).isEqualTo(local);
      assertThat(landing instanceof NotKnown).as(Hex.of(selector)).isEqualTo(local);
    }
    assertThat(Instruction.IRETQ.execute(CLEAN.with(Register.SS, 0x1_0063), 0, Cpu.AMD))
        .isEqualTo(new NotKnown("what the thread put into the GDT for selector 0x63"));
  }

  @Test
  void iretqReturnsTo32BitCode() {
    assertThat(iretq(CLEAN.with(Register.CS, 0x23)).cs()).isEqualTo(0x23);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3})
  void iretqFaultsOnEachOfTheNullSelectors(long selector) {
    for (Register slot : new Register[] {Register.CS, Register.SS}) {
      assertThat(Instruction.IRETQ.execute(CLEAN.with(slot, selector), 0x1000, Cpu.INTEL))
          .isEqualTo(new Fault("#GP", 0, true, false));
    }
  }

  /** The order of the tests shows in the error code, and in what a bad address can hide. */
  @Test
  void iretqLooksAtCsBeforeSsAndAtBothBeforeTheAddress() {
    Registers bad = Registers.ofSyscall(1L << 47, 0x246).with(Register.SS, 0x1b);
    assertThat(Instruction.IRETQ.execute(bad.with(Register.CS, 0x43), 0x1000, Cpu.INTEL))
        .isEqualTo(new Fault("#GP", 0x40, true, false));
    assertThat(Instruction.IRETQ.execute(bad, 0x1000, Cpu.INTEL))
        .isEqualTo(new Fault("#GP", 0x18, true, false))
        .hasToString("#GP(0x18) in kernel mode on the kernel's stack");
  }

  @ParameterizedTest
  @CsvSource({
    "0x7fffffffffff, true, true",
    "0x800000000000, false, true",
    "0xffff7fffffffffff, false, true",
    "0xffff800000000000, true, true",
    "0x00ffffffffffffff, false, true",
    "0x0100000000000000, false, false",
    "0xfeffffffffffffff, false, false"
  })
  void canonicalAddressesRepeatTheirTopBit(String address, boolean with48, boolean with57) {
    long value = Long.parseUnsignedLong(address.substring(2), 16);
    assertThat(Cpu.INTEL.canonical(value)).isEqualTo(with48);
    assertThat(new Cpu(Cpu.Vendor.INTEL, 57).canonical(value)).isEqualTo(with57);
  }

  private static UserState sysret(Registers frame) {
    return (UserState) Instruction.SYSRET.execute(frame, 0x1000, Cpu.INTEL);
  }

  private static UserState iretq(Registers frame) {
    return (UserState) Instruction.IRETQ.execute(frame, 0x1000, Cpu.INTEL);
  }
}
