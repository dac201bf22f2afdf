package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A class stands for all of its frames: every answer about the class is the answer about the frame.
 */
class FrameClassTest {

  private static final ExitFrame.Task TASK = ExitFrame.Task.UNKNOWN;

  /** Every kernel, and every kernel under all policies that mean something to it. */
  private static List<ExitModel> models() {
    List<ExitModel> models = new ArrayList<>(ExitModels.all());
    for (ExitModel model : ExitModels.all()) {
      if (model.hasCheck()) {
        models.add(model.under(Policy.SIGNAL_DELIVERY_HITS).under(Policy.IRQ_CHECK));
        models.add(model.under(Policy.EXEC_HITS).under(Policy.NO_CANONICAL_PESSIMISM));
      }
    }
    return models;
  }

  /** Ways back that reach the check, those of 32-bit code, and those that policies mend. */
  private static List<Exit> exits(PtRegs regs) {
    return List.of(
        Exit.of(EntryPath.SYSCALL_TRACED, regs),
        Exit.of(EntryPath.COMPAT, regs),
        Exit.of(EntryPath.INTERRUPT, Optional.of(Cause.INTERRUPTED_CODE), regs),
        Exit.of(EntryPath.SYSCALL_EXIT_WORK, Optional.of(Cause.SIGNAL_DELIVERY), regs),
        Exit.of(EntryPath.EXECVE, Optional.of(Cause.EXECVE), regs));
  }

  private static List<Verdict> verdicts(List<ExitModel> models, PtRegs regs) {
    List<Verdict> verdicts = new ArrayList<>();
    for (ExitModel model : models) {
      for (boolean la57 : new boolean[] {false, true}) {
        Machine machine = Machine.TRACED.withLa57(la57);
        exits(regs).forEach(exit -> verdicts.add(model.judge(exit, machine)));
      }
    }
    return verdicts;
  }

  @Test
  void judgesEveryFrameOfTheSpaceAsItsClass() {
    List<ExitModel> models = models();
    Map<RegisterFacts, List<Verdict>> byFacts = new HashMap<>();
    Optional<Registers> other =
        FrameSpace.SMALL.findFirst(
            frame ->
                !verdicts(models, frame)
                    .equals(
                        byFacts.computeIfAbsent(
                            RegisterFacts.of(frame), it -> verdicts(models, it.registers()))));
    assertThat(other).isEmpty();
    assertThat(byFacts.size()).isBetween(1_000, 1 << RegisterFacts.BITS - 3);
  }

  /** The bits are in stores that were written: FORMATS.md lays them out. */
  @ParameterizedTest
  @CsvSource({
    "0,                  0,                  0x38",
    "0x7fffffffefff,     0x7fffffffefff,     0x38",
    "0x7ffffffff000,     0x7ffffffff000,     0x39",
    "0x7fffffffffff,     0x7fffffffffff,     0x39",
    "0x800000000000,     0x800000000000,     0x3a",
    "0xffffffffffefff,   0xffffffffffefff,   0x3a",
    "0xfffffffffff000,   0xfffffffffff000,   0x3b",
    "0x100000000000000,  0x100000000000000,  0x3c",
    "0xfeffffffffffffff, 0xfeffffffffffffff, 0x3c",
    "0xff00000000000000, 0xff00000000000000, 0x3d",
    "0xffff7fffffffffff, 0xffff7fffffffffff, 0x3d",
    "0xffff800000000000, 0xffff800000000000, 0x3e",
    "0xffffffffffffffff, 0xffffffffffffffff, 0x3e",
    "0x1000,             0x2000,             0x00",
    "0x1000,             0x7ffffffff000,     0x08",
    "0x1000,             0x800000000000,     0x10",
    "0x1000,             0x1000000001000,    0x50",
    "0x1000,             0x1000000000001000, 0xe0",
    "0x1000000001000,    0x1001000000001000, 0xa2",
    "0xffff800000000000, 0x800000000000,     0x56",
    "0xff00000000000000, 0x100000000000000,  0xa5",
  })
  void theBitsOfTheAddressesAreThoseOfTheStore(String rip, String rcx, String bits) {
    Registers regs =
        new Registers(
            Long.parseUnsignedLong(rip.substring(rip.startsWith("0x") ? 2 : 0), 16),
            Long.parseUnsignedLong(rcx.substring(rcx.startsWith("0x") ? 2 : 0), 16),
            1,
            2,
            Selector.USER_CS,
            Selector.USER_DS);
    assertThat(Hex.of(RegisterFacts.of(regs).bits())).isEqualTo(Hex.of(Integer.decode(bits)));
  }

  @ParameterizedTest
  @CsvSource({
    "0x246,     0x246,     0x33,               0x2b,    0x00100",
    "0x10246,   0x10246,   0x33,               0x2b,    0x01300",
    "0x346,     0x346,     0x33,               0x2b,    0x02500",
    "0x20246,   0x20246,   0x33,               0x2b,    0x00900",
    "0x246,     0x10246,   0x33,               0x2b,    0x01000",
    "0x246,     0x346,     0x33,               0x2b,    0x02000",
    "0x10246,   0x246,     0x33,               0x2b,    0x00200",
    "0x247,     0x246,     0x33,               0x2b,    0x00000",
    "0x246,     0x246,     0x10033,            0x2b,    0x04100",
    "0x246,     0x246,     0x23,               0x2b,    0x08100",
    "0x246,     0x246,     0x8000000000000023, 0x2b,    0x0c100",
    "0x246,     0x246,     0x30,               0x2b,    0x10100",
    "0x246,     0x246,     0xe033,             0x2b,    0x14100",
    "0x246,     0x246,     0x1e033,            0x2b,    0x14100",
    "0x246,     0x246,     0x33,               0x1002b, 0x20100",
    "0x246,     0x246,     0x33,               0x7ffee73f002b,     0x20100",
    "0x246,     0x246,     0x33,               0x220700010002002b, 0x60100",
    "0x246,     0x246,     0x33,               0x02000ec0000002b,  0x20100",
    "0x246,     0x246,     0x33,               0x020000ec0000002b, 0x60100",
    "0x246,     0x246,     0x33,               0x18,    0x40100",
  })
  void theBitsOfTheFlagsAndSelectorsAreThoseOfTheStore(
      String rflags, String r11, String cs, String ss, String bits) {
    Registers regs =
        new Registers(
            0x1000,
            0x1000,
            Long.decode(r11),
            Long.decode(rflags),
            Long.parseUnsignedLong(cs.substring(2), 16),
            Long.parseUnsignedLong(ss.substring(2), 16));
    assertThat(Hex.of(RegisterFacts.of(regs).bits())).isEqualTo(Hex.of(0x38 | Long.decode(bits)));
  }

  @Test
  void findsRegistersForTheFactsOfEveryPairOfAddresses() {
    Set<RegisterFacts> seen = new HashSet<>();
    for (long rip : FrameSpace.WHOLE.addresses()) {
      for (long rcx : FrameSpace.WHOLE.addresses()) {
        for (long changed : new long[] {rcx, rip ^ rcx, rip & rcx, rip | rcx, rip + 4096, -rip}) {
          Registers regs = Registers.ofSyscall(rip, 0x246).with(Register.RCX, changed);
          RegisterFacts facts = RegisterFacts.of(regs);
          assertThat(RegisterFacts.of(facts.registers())).isEqualTo(facts);
          seen.add(facts);
        }
      }
    }
    assertThat(seen.size()).as("of 7 regions, and RCX there or equal").isGreaterThan(7 * 7);
  }

  /** The machine signs of a class are those of each of its frames. */
  @Test
  void everyFrameShowsOfItsMachineWhatItsClassShows() {
    Set<Set<MachineSign>> seen = new HashSet<>();
    long[] stacks = {0x2b, 0x1002b, 0x7ffee73f002bL, 0x220700010002002bL, 0x20000ec0000002bL, 0x18};
    for (long rip : FrameSpace.WHOLE.addresses()) {
      for (long cs : new long[] {0x33, 0x23, 0xe033, 0x1e033, 0x30}) {
        for (long ss : stacks) {
          Registers regs = new Registers(rip, 0x1000, 0x246, 0x246, cs, ss);
          Registers ofClass = RegisterFacts.of(regs).registers();
          for (EntryPath path : EntryPath.values()) {
            Set<MachineSign> signs = MachineSign.of(Exit.of(path, regs), Stage.FINAL);
            assertThat(MachineSign.of(Exit.of(path, ofClass), Stage.FINAL)).isEqualTo(signs);
            seen.add(signs);
          }
        }
      }
    }
    assertThat(seen).as("every set of signs").hasSize(8);
  }

  @Test
  void findsRegistersForEverySelectorAndFlag() {
    for (long flags : FrameSpace.WHOLE.flags()) {
      for (long r11 : FrameSpace.WHOLE.flags()) {
        for (long cs : FrameSpace.WHOLE.codeSegments()) {
          for (long ss : FrameSpace.WHOLE.stackSegments()) {
            RegisterFacts facts =
                RegisterFacts.of(new Registers(0x400000, 0x400000, r11, flags, cs, ss));
            assertThat(RegisterFacts.of(facts.registers())).isEqualTo(facts);
          }
        }
      }
    }
  }

  @Test
  void aNumberNamesOneClassAndAClassOneNumber() {
    Set<Long> codes = new HashSet<>();
    for (EntryKind entry : EntryKind.values()) {
      for (EntryPath path : EntryPath.values()) {
        for (Stage stage : Stage.values()) {
          for (Cause cause : Cause.values()) {
            for (int facts : new int[] {0, 0x38, (1 << RegisterFacts.BITS) - 1}) {
              FrameClass one =
                  new FrameClass(entry, path, stage, cause.present(), new RegisterFacts(facts));
              assertThat(FrameClass.ofCode(one.code())).isEqualTo(one);
              codes.add(one.code());
            }
          }
        }
      }
    }
    assertThat(codes)
        .hasSize(
            EntryKind.values().length * EntryPath.values().length * 4 * Cause.values().length * 3)
        .allMatch(it -> it >= 0 && it < 1L << 34);
  }

  @Test
  void theClassOfAFrameHasItsPathStageAndCause() {
    Registers regs = Registers.ofSyscall(0x400000, 0x246);
    ExitFrame frame =
        new ExitFrame(
            7,
            OptionalLong.empty(),
            OptionalLong.empty(),
            TASK,
            EntryKind.SYSCALL,
            Optional.empty(),
            OptionalLong.of(1),
            OptionalLong.of(0),
            regs,
            OptionalLong.empty(),
            OptionalLong.empty());
    FrameClass found = FrameClass.of(frame);
    assertThat(found.entry()).isEqualTo(EntryKind.SYSCALL);
    assertThat(found.path()).isEqualTo(frame.path());
    assertThat(found.stage()).isEqualTo(Stage.FINAL);
    assertThat(found.cause()).isEmpty();
    assertThat(FrameClass.ofCode(FrameClass.code(frame))).isEqualTo(found);
  }

  @Test
  void refusesNumbersThatNoFrameHas() {
    for (long code : new long[] {-1, 1L << 34, 7L << RegisterFacts.BITS, 31L << 22, 18L << 27}) {
      assertThatThrownBy(() -> FrameClass.ofCode(code))
          .as(Long.toHexString(code))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new RegisterFacts(EXTENDED_AND_EQUAL).registers())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no registers");
  }

  /** Impossible facts: RCX equals RIP, and equals it only after sign extension. */
  private static final int EXTENDED_AND_EQUAL = 7 << 3 | 1 << 6;
}
