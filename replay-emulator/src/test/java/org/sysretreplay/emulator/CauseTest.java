package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is given as the cause of a frame, rule by rule, and which rule goes before which. */
class CauseTest {

  private static final Registers CLEAN = Registers.ofSyscall(0x40_1002, 0x246);

  /** A frame that no model returns by SYSRET, and that no rule but the last explains. */
  private static final Registers OTHER = new Registers(0x40_2000, 0x11, 0x22, 0x246, 0x33, 0x2b);

  private static final Registers CODE_32 = with(OTHER, Register.CS, 0x23);
  private static final Registers LOCAL = with(OTHER, Register.SS, 0x0f);
  private static final Registers VSYSCALL = with(OTHER, Register.RIP, 0xffff_ffff_ff60_0402L);
  private static final Registers AGAIN =
      new Registers(0x40_1000, 0x40_1002, 0x246, 0x246, 0x33, 0x2b);
  private static final Registers NEW_PROGRAM = new Registers(0x40_1000, 0, 0, 0x202, 0x33, 0x2b);
  private static final Registers STEPPED = with(CLEAN, Register.RFLAGS, 0x346);
  private static final Registers MORE_IOPL = with(CLEAN, Register.RFLAGS, 0x3246);

  private static Registers with(Registers registers, Register register, long value) {
    return registers.with(register, value);
  }

  private static Circumstances syscall(Registers registers) {
    return at(EntryKind.SYSCALL, EntryPath.SYSCALL_NO_WORK, registers);
  }

  private static Circumstances at(EntryKind entry, EntryPath path, Registers registers) {
    return Circumstances.alone(entry, path, registers, OptionalLong.empty());
  }

  private static Circumstances call(long number, EntryKind entry, Registers registers) {
    OptionalLong syscall = OptionalLong.of(number);
    EntryPath path = EntryPath.of(entry, registers, syscall, OptionalLong.empty());
    return Circumstances.alone(entry, path, registers, syscall);
  }

  private static Circumstances amended(Amendment by, Registers registers) {
    return new Circumstances(
        EntryKind.SYSCALL,
        EntryPath.SYSCALL_EXIT_WORK,
        registers,
        Optional.of(by),
        false,
        false,
        false);
  }

  private static Circumstances edited(EntryKind entry, Registers registers) {
    return new Circumstances(
        entry, EntryPath.of(entry, registers), registers, Optional.empty(), true, false, false);
  }

  private static Circumstances stepped(Registers registers) {
    return new Circumstances(
        EntryKind.SYSCALL,
        EntryPath.SYSCALL_TRACED,
        registers,
        Optional.empty(),
        false,
        true,
        false);
  }

  static Stream<Arguments> examples() {
    return Stream.of(
        Arguments.of(Cause.CODE_32_BIT, syscall(CODE_32)),
        Arguments.of(Cause.CODE_32_BIT, syscall(with(OTHER, Register.CS, 0xabcd_0023L))),
        Arguments.of(Cause.LDT_SEGMENT, syscall(LOCAL)),
        Arguments.of(Cause.LDT_SEGMENT, syscall(with(CLEAN, Register.CS, 0x07))),
        Arguments.of(Cause.VSYSCALL, syscall(VSYSCALL)),
        Arguments.of(Cause.VSYSCALL, syscall(Registers.ofSyscall(-0xa0_0000L, 0x246))),
        Arguments.of(Cause.VSYSCALL, syscall(with(OTHER, Register.RIP, 0xffff_ffff_ff60_0fffL))),
        Arguments.of(Cause.SIGNAL_DELIVERY, amended(Amendment.SIGNAL_DELIVERY, OTHER)),
        Arguments.of(Cause.RSEQ_ABORT, amended(Amendment.RSEQ_ABORT, OTHER)),
        Arguments.of(Cause.UPROBE, call(335, EntryKind.SYSCALL, OTHER)),
        Arguments.of(Cause.UPROBE, call(336, EntryKind.SYSCALL, NEW_PROGRAM)),
        Arguments.of(Cause.UPROBE, call(335, EntryKind.SYSCALL, AGAIN)),
        Arguments.of(Cause.UNKNOWN, call(334, EntryKind.SYSCALL, OTHER)),
        Arguments.of(Cause.UNKNOWN, call(335, EntryKind.COMPAT, OTHER)),
        Arguments.of(Cause.SYSCALL_RESTART, amended(Amendment.RESTART, AGAIN)),
        Arguments.of(Cause.SYSCALL_RESTART, amended(Amendment.RESTART, OTHER)),
        Arguments.of(Cause.SYSCALL_RESTART, syscall(AGAIN)),
        Arguments.of(Cause.SYSCALL_RESTART, at(EntryKind.SYSCALL, EntryPath.RT_SIGRETURN, AGAIN)),
        Arguments.of(Cause.PTRACE_EDIT, amended(Amendment.PTRACE_EDIT, OTHER)),
        Arguments.of(Cause.PTRACE_EDIT, edited(EntryKind.SYSCALL, OTHER)),
        Arguments.of(Cause.PTRACE_EDIT, edited(EntryKind.FORK, OTHER)),
        Arguments.of(Cause.EXECVE, at(EntryKind.SYSCALL, EntryPath.EXECVE, OTHER)),
        Arguments.of(Cause.EXECVE, syscall(NEW_PROGRAM)),
        Arguments.of(Cause.EXECVE, at(EntryKind.COMPAT, EntryPath.COMPAT_EXIT_WORK, NEW_PROGRAM)),
        Arguments.of(Cause.UNKNOWN, at(EntryKind.COMPAT, EntryPath.COMPAT_EXIT_WORK, OTHER)),
        Arguments.of(Cause.NON_CANONICAL_ADDRESS, syscall(Registers.ofSyscall(1L << 47, 0x246))),
        Arguments.of(Cause.NON_CANONICAL_ADDRESS, syscall(Registers.ofSyscall(1L << 63, 0x246))),
        Arguments.of(
            Cause.NON_CANONICAL_ADDRESS,
            syscall(Registers.ofSyscall(0xffff_7fff_ffff_ffffL, 0x246))),
        Arguments.of(
            Cause.NON_CANONICAL_ADDRESS,
            at(
                EntryKind.SYSCALL,
                EntryPath.RT_SIGRETURN,
                Registers.ofSyscall(0x1234_0000_0000_0000L, 0x246))),
        Arguments.of(
            Cause.NON_CANONICAL_ADDRESS,
            at(
                EntryKind.EXCEPTION,
                EntryPath.EXCEPTION,
                with(OTHER, Register.RIP, 0x1234_0000_0000_0000L))),
        Arguments.of(Cause.SIGRETURN, at(EntryKind.SYSCALL, EntryPath.RT_SIGRETURN, OTHER)),
        Arguments.of(Cause.SIGRETURN, at(EntryKind.SYSCALL, EntryPath.RT_SIGRETURN, NEW_PROGRAM)),
        Arguments.of(Cause.FAULT, at(EntryKind.EXCEPTION, EntryPath.EXCEPTION, OTHER)),
        Arguments.of(Cause.FAULT, at(EntryKind.EXCEPTION, EntryPath.EXCEPTION, AGAIN)),
        Arguments.of(Cause.FAULT, at(EntryKind.EXCEPTION, EntryPath.EXCEPTION, NEW_PROGRAM)),
        Arguments.of(Cause.FAULT, edited(EntryKind.EXCEPTION, OTHER)),
        Arguments.of(Cause.INTERRUPTED_CODE, at(EntryKind.INTERRUPT, EntryPath.INTERRUPT, OTHER)),
        Arguments.of(Cause.INTERRUPTED_CODE, at(EntryKind.INTERRUPT, EntryPath.INTERRUPT, AGAIN)),
        Arguments.of(Cause.SINGLE_STEP, syscall(STEPPED)),
        Arguments.of(Cause.SINGLE_STEP, syscall(with(CLEAN, Register.R11, 0x346))),
        Arguments.of(Cause.SINGLE_STEP, syscall(Registers.ofSyscall(0x40_1002, 0x346))),
        Arguments.of(Cause.SINGLE_STEP, stepped(OTHER)),
        Arguments.of(Cause.IOPL, syscall(MORE_IOPL)),
        Arguments.of(Cause.IOPL, syscall(with(CLEAN, Register.RFLAGS, 0x1246))),
        Arguments.of(Cause.UNKNOWN, syscall(OTHER)),
        Arguments.of(Cause.UNKNOWN, syscall(with(CLEAN, Register.RCX, 0x40_1003))),
        Arguments.of(Cause.UNKNOWN, syscall(with(CLEAN, Register.RFLAGS, 0x3247))),
        Arguments.of(Cause.UNKNOWN, syscall(with(NEW_PROGRAM, Register.RIP, 0))),
        Arguments.of(Cause.UNKNOWN, syscall(with(NEW_PROGRAM, Register.RCX, 1))),
        Arguments.of(Cause.UNKNOWN, syscall(with(NEW_PROGRAM, Register.R11, 1))),
        Arguments.of(Cause.UNKNOWN, syscall(Registers.ofSyscall(0x40_1002, 0x1_0246))),
        Arguments.of(Cause.UNKNOWN, syscall(with(OTHER, Register.RIP, 0xffff_ffff_ff5f_ffffL))),
        Arguments.of(Cause.UNKNOWN, syscall(with(OTHER, Register.RIP, 0xffff_ffff_ff60_1000L))),
        Arguments.of(Cause.UNKNOWN, syscall(with(CLEAN, Register.SS, 0x2b_002bL))));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theFirstRuleThatHoldsGivesTheCause(Cause cause, Circumstances circumstances) {
    assertThat(Cause.of(circumstances)).contains(cause);
  }

  /** XEN_PV_GUEST is the machine's and never a frame's. */
  @ParameterizedTest
  @EnumSource(value = Cause.class, mode = EnumSource.Mode.EXCLUDE, names = "XEN_PV_GUEST")
  void everyCauseIsThatOfSomeFrame(Cause cause) {
    assertThat(examples().map(it -> it.get()[0])).contains(cause);
  }

  /** An amendment that no rule asks for would leave the cause of the frame unknown. */
  @ParameterizedTest
  @EnumSource(Amendment.class)
  void noAmendmentIsOverlooked(Amendment amendment) {
    assertThat(Cause.of(syscall(OTHER))).contains(Cause.UNKNOWN);
    assertThat(Cause.of(amended(amendment, OTHER))).get().isNotEqualTo(Cause.UNKNOWN);
  }

  /** A frame for which all rules hold, then one for which all but the first hold, and so on. */
  @Test
  void theRulesAreAskedInTheOrderOfTheConstants() {
    Map<Cause, Circumstances> byCause = new EnumMap<>(Cause.class);
    Registers zeroAgain = new Registers(-2, 0, 0, 0x3100, 0x33, 0x2b);
    byCause.put(
        Cause.CODE_32_BIT, signalled(with(with(VSYSCALL, Register.CS, 0x23), Register.SS, 7)));
    byCause.put(Cause.LDT_SEGMENT, signalled(with(VSYSCALL, Register.SS, 7)));
    byCause.put(Cause.VSYSCALL, signalled(VSYSCALL));
    byCause.put(Cause.SIGNAL_DELIVERY, signalled(zeroAgain));
    byCause.put(Cause.RSEQ_ABORT, execve(Optional.of(Amendment.RSEQ_ABORT), zeroAgain));
    byCause.put(Cause.UPROBE, execve(Optional.empty(), zeroAgain, true));
    byCause.put(Cause.SYSCALL_RESTART, execve(Optional.empty(), zeroAgain));
    byCause.put(Cause.PTRACE_EDIT, execve(Optional.empty(), NEW_PROGRAM));

    byCause.forEach(
        (cause, circumstances) ->
            assertThat(Cause.of(circumstances)).as("%s", circumstances).contains(cause));
    assertThat(new ArrayList<>(byCause.keySet()))
        .isEqualTo(List.of(Cause.values()).subList(0, byCause.size()));
  }

  private static Circumstances signalled(Registers registers) {
    return execve(Optional.of(Amendment.SIGNAL_DELIVERY), registers);
  }

  private static Circumstances execve(Optional<Amendment> amendment, Registers registers) {
    return execve(amendment, registers, false);
  }

  private static Circumstances execve(
      Optional<Amendment> amendment, Registers registers, boolean uprobe) {
    return new Circumstances(
        EntryKind.SYSCALL, EntryPath.EXECVE, registers, amendment, true, true, uprobe);
  }

  @ParameterizedTest
  @EnumSource(EntryKind.class)
  void aCleanFrameHasNoCauseHoweverItCameAbout(EntryKind entry) {
    for (Amendment amendment : Amendment.values()) {
      assertThat(
              Cause.of(
                  new Circumstances(
                      entry,
                      EntryPath.of(entry, CLEAN),
                      CLEAN,
                      Optional.of(amendment),
                      true,
                      true,
                      true)))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 0x7fff_ffff_efffL})
  void anyUserAddressIsClean(long rip) {
    assertThat(Cause.of(syscall(Registers.ofSyscall(rip, 0x246)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0x7fff_ffff_f000L, 0x7fff_ffff_ffffL, 0xffff_8000_0000_0000L, -0x1000L})
  void anAddressBeyondThemIsNot(long rip) {
    assertThat(Cause.of(syscall(Registers.ofSyscall(rip, 0x246)))).contains(Cause.UNKNOWN);
  }

  /** Changing any one register gives a clean frame a cause. */
  @ParameterizedTest
  @EnumSource(Register.class)
  void aCleanFrameIsOneInWhichNoRegisterIsAmiss(Register register) {
    assertThat(Cause.of(syscall(with(CLEAN, register, 0x1_0033)))).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void aCauseIsPresentInItsOwnOptional(Cause cause) {
    assertThat(cause.present()).contains(cause);
  }

  /** Stores hold them in the numbers of frame classes: FORMATS.md, MODELS.md. */
  @Test
  void theNumbersAreThoseOfStoresThatWereWritten() {
    Map<Integer, Cause> byNumber = new TreeMap<>();
    for (Cause cause : Cause.values()) {
      byNumber.put(cause.number(), cause);
    }
    assertThat(byNumber.values())
        .containsExactly(
            Cause.CODE_32_BIT,
            Cause.LDT_SEGMENT,
            Cause.VSYSCALL,
            Cause.SIGNAL_DELIVERY,
            Cause.RSEQ_ABORT,
            Cause.SYSCALL_RESTART,
            Cause.PTRACE_EDIT,
            Cause.EXECVE,
            Cause.SIGRETURN,
            Cause.FAULT,
            Cause.INTERRUPTED_CODE,
            Cause.SINGLE_STEP,
            Cause.IOPL,
            Cause.XEN_PV_GUEST,
            Cause.UNKNOWN,
            Cause.UPROBE,
            Cause.NON_CANONICAL_ADDRESS);
    assertThat(byNumber.keySet())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, Cause.values().length).boxed().toList());
  }

  // The cause of a miss

  @Test
  void aMissHasTheCauseOfItsFrame() {
    Verdict miss = ExitModels.SEED.check(OTHER, Machine.TRACED);

    assertThat(Cause.ofMiss(miss, Optional.of(Cause.FAULT))).isEqualTo(Cause.FAULT);
    assertThat(Cause.ofMiss(miss, Optional.empty())).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void whereTheFrameIsCleanAXenGuestIsTheCause() {
    Verdict miss =
        ExitModels.all().stream()
            .map(it -> it.check(CLEAN, Machine.TRACED.withXenPv(true)))
            .filter(it -> it.allMisses().contains(MissReason.XEN_PV_GUEST))
            .findFirst()
            .orElseThrow();

    assertThat(Cause.ofMiss(miss, Cause.of(syscall(CLEAN)))).isEqualTo(Cause.XEN_PV_GUEST);
    assertThat(Cause.ofMiss(miss, Optional.of(Cause.EXECVE))).isEqualTo(Cause.EXECVE);
  }
}
