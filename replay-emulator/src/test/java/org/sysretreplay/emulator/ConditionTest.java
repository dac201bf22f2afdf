package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sysretreplay.emulator.Register.CS;
import static org.sysretreplay.emulator.Register.R11;
import static org.sysretreplay.emulator.Register.RCX;
import static org.sysretreplay.emulator.Register.RFLAGS;
import static org.sysretreplay.emulator.Register.RIP;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What readers see of every kind of condition, both where it holds and where it fails. */
class ConditionTest {

  private static final Machine LEVEL_4 = Machine.TRACED;
  private static final Machine LEVEL_5 = Machine.TRACED.withLa57(true);
  private static final Machine XEN = Machine.TRACED.withXenPv(true);
  private static final Registers CLEAN = Registers.ofSyscall(0x401000, 0x246);

  /** A condition, a frame that it is tested on, and how both are shown. */
  record Example(
      Condition condition,
      Machine machine,
      Registers frame,
      boolean holds,
      String formula,
      String values) {}

  private static Example passes(
      Condition condition, Machine machine, Registers frame, String formula, String values) {
    return new Example(condition, machine, frame, true, formula, values);
  }

  private static Example fails(
      Condition condition, Machine machine, Registers frame, String formula, String values) {
    return new Example(condition, machine, frame, false, formula, values);
  }

  static Stream<Example> examples() {
    Condition equal = new Condition.Equal(RCX, RIP);
    Condition is = new Condition.Is(CS, 0x33);
    Condition selector = new Condition.IsSelector(CS, 0x33);
    Condition highBits = new Condition.HighBitsClear(RCX, 47);
    Condition extended = new Condition.SignExtends(RCX, RIP);
    Condition limit = new Condition.BelowUserLimit(RIP);
    Condition clear = new Condition.Clear(RFLAGS, 0x10100);
    Condition notXen = new Condition.NotXenPv();
    Registers wide = CLEAN.with(CS, 0x1_0033);
    Registers high = Registers.ofSyscall(1L << 47, 0x246);
    Registers last = Registers.ofSyscall(0x7fff_ffff_efffL, 0x246);
    return Stream.of(
        passes(equal, LEVEL_4, CLEAN, "rcx == rip", "0x401000 == 0x401000"),
        fails(equal, LEVEL_4, CLEAN.with(RIP, 0x9), "rcx == rip", "0x401000 != 0x9"),
        fails(equal, LEVEL_4, CLEAN.with(RIP, 0), "rcx == rip", "0x401000 != 0"),
        passes(is, LEVEL_4, CLEAN, "cs == 0x33", "0x33 == 0x33"),
        fails(is, LEVEL_4, wide, "cs == 0x33", "0x10033 != 0x33"),
        passes(selector, LEVEL_4, wide, "cs & 0xffff == 0x33", "0x10033 & 0xffff == 0x33"),
        fails(
            selector,
            LEVEL_4,
            CLEAN.with(CS, 0x23),
            "cs & 0xffff == 0x33",
            "0x23 & 0xffff != 0x33"),
        passes(highBits, LEVEL_4, last, "rcx >> 47 == 0", "0x7fffffffefff >> 47 == 0"),
        fails(highBits, LEVEL_4, high, "rcx >> 47 == 0", "0x800000000000 >> 47 != 0"),
        passes(
            extended,
            LEVEL_5,
            high,
            "sign_extend(rcx, 56) == rip",
            "0x800000000000 == 0x800000000000"),
        fails(
            extended,
            LEVEL_4,
            high,
            "sign_extend(rcx, 47) == rip",
            "0xffff800000000000 != 0x800000000000"),
        passes(
            extended,
            LEVEL_4,
            CLEAN.with(RCX, 1L << 48 | 0x40_1000),
            "sign_extend(rcx, 47) == rip",
            "0x401000 == 0x401000"),
        passes(limit, LEVEL_4, last, "rip < 0x7ffffffff000", "0x7fffffffefff < 0x7ffffffff000"),
        fails(limit, LEVEL_4, high, "rip < 0x7ffffffff000", "0x800000000000 >= 0x7ffffffff000"),
        passes(limit, LEVEL_5, high, "rip < 0xfffffffffff000", "0x800000000000 < 0xfffffffffff000"),
        passes(clear, LEVEL_4, CLEAN, "rflags & 0x10100 == 0", "0x246 & 0x10100 == 0"),
        fails(
            clear,
            LEVEL_4,
            CLEAN.with(RFLAGS, 0x346),
            "rflags & 0x10100 == 0",
            "0x346 & 0x10100 != 0"),
        passes(notXen, LEVEL_4, CLEAN, "no Xen PV guest", "it is none"),
        fails(notXen, XEN, CLEAN, "no Xen PV guest", "it is one"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void showsItsFormulaAndTheValuesThatWereCompared(Example example) {
    Condition condition = example.condition();
    assertThat(condition.holds(example.frame(), example.machine())).isEqualTo(example.holds());
    assertThat(condition.formula(example.machine())).isEqualTo(example.formula());
    assertThat(condition.values(example.frame(), example.machine())).isEqualTo(example.values());
  }

  @Test
  void everyKindOfConditionIsShownWhereItHoldsAndWhereItDoesNot() {
    for (boolean holds : new boolean[] {false, true}) {
      assertThat(
              examples()
                  .filter(it -> it.holds() == holds)
                  .<Class<?>>map(it -> it.condition().getClass()))
          .contains(Condition.class.getPermittedSubclasses());
    }
  }

  /** A list of models is about no machine, and a kernel is built for four levels unless told. */
  @Test
  void aFormulaAboutNoMachineHasTheConstantsOfFourLevels() {
    assertThat(new Condition.SignExtends(RCX, RCX).formula())
        .isEqualTo("sign_extend(rcx, 47) == rcx");
    assertThat(new Condition.BelowUserLimit(RIP).formula()).isEqualTo("rip < 0x7ffffffff000");
    assertThat(new Condition.Equal(R11, RFLAGS).formula()).isEqualTo("r11 == rflags");
  }
}
