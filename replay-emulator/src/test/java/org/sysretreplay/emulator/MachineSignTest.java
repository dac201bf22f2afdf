package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineSignTest {

  private static final Registers PLAIN = Registers.ofSyscall(0x401000, 0x246);

  private static Set<MachineSign> of(Registers regs) {
    return MachineSign.of(Exit.of(EntryPath.INTERRUPT, regs), Stage.FINAL);
  }

  private static Set<MachineSign> ofSs(long ss) {
    return of(PLAIN.with(Register.SS, ss));
  }

  private static Registers at(long rip) {
    return PLAIN.with(Register.RIP, rip);
  }

  @Test
  void aPlainFrameShowsNothing() {
    assertThat(of(PLAIN)).isEmpty();
  }

  /** A SYSCALL, a timer interrupt of 64-bit and of 32-bit code, a page fault. */
  @ParameterizedTest
  @ValueSource(
      longs = {0x220700010002002bL, 0x020000ec0000002bL, 0x000000ec0000002bL, 0x0203000e0000002bL})
  void whatFredLeavesInTheSlotShowsFred(long ss) {
    assertThat(ofSs(ss)).containsExactly(MachineSign.FRED);
  }

  /**
   * A slot that was seen on a kernel without FRED, a single bit, and a selector of another GDT
   * entry.
   */
  @ParameterizedTest
  @ValueSource(longs = {0x7ffee73f002bL, 0x1002b, 0x2002b, 0x8000_0000_0000_002bL, 0x18, 0})
  void anythingElseAboveTheSelectorShowsNothing(long ss) {
    assertThat(ofSs(ss)).isEmpty();
  }

  @Test
  void aSlotWithAnyBitThatFredLeavesClearIsNoneOfFred() {
    long fred = 0x220700010002002bL;
    long defined =
        0xffffL | 7L << 16 | 0xffL << 32 | 0xfL << 48 | 1L << 56 | 1L << 57 | 1L << 58 | 0xfL << 60;
    for (int bit = 16; bit < 64; bit++) {
      boolean isDefined = (defined >>> bit & 1) != 0;
      assertThat(ofSs(fred | 1L << bit).isEmpty()).as("bit %d", bit).isEqualTo(!isDefined);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x7fffffffffff,    false",
    "0x800000000000,    true",
    "0xffffffffffffff,  true",
    "0x100000000000000, false",
    "0xffff800000000000, false",
    "0xffffffffff600000, false",
  })
  void anAddressThat4LevelsDoNotHaveShowsLa57(String rip, boolean shows) {
    assertThat(of(at(Long.parseUnsignedLong(rip.substring(2), 16))).contains(MachineSign.LA57))
        .isEqualTo(shows);
  }

  /** The program never ran there: the processor would have refused to go. */
  @Test
  void anAddressThatSomebodyWroteIntoTheFrameShowsNothing() {
    Registers far = at(1L << 50).with(Register.RCX, 1L << 50);
    assertThat(MachineSign.of(Exit.of(EntryPath.RT_SIGRETURN, far), Stage.FINAL)).isEmpty();
    assertThat(MachineSign.of(Exit.of(EntryPath.SYSCALL_TRACED, far), Stage.AMENDED)).isEmpty();
    Optional<Cause> edited = Optional.of(Cause.PTRACE_EDIT);
    assertThat(MachineSign.of(Exit.of(EntryPath.SYSCALL_TRACED, edited, far), Stage.FINAL))
        .isEmpty();
    assertThat(MachineSign.of(Exit.of(EntryPath.SYSCALL_TRACED, at(1L << 50)), Stage.FINAL))
        .as("a syscall that does not return behind itself")
        .isEmpty();
    assertThat(MachineSign.of(Exit.of(EntryPath.SYSCALL_TRACED, far), Stage.EARLY))
        .containsExactly(MachineSign.LA57);
  }

  /** After rt_sigreturn to such an address, and for the child of a call that was edited. */
  @Test
  void anAddressThatWasNotReachedYetShowsNothing() {
    Registers beyond = at(1L << 50);
    for (EntryPath path : List.of(EntryPath.INTERRUPT, EntryPath.EXCEPTION, EntryPath.NMI)) {
      assertThat(MachineSign.of(Exit.of(path, beyond), Stage.FINAL))
          .containsExactly(MachineSign.LA57);
      assertThat(MachineSign.of(Exit.of(path, beyond), Stage.EARLY)).isEmpty();
      Registers asAfterSyscall = beyond.with(Register.RCX, 1L << 50);
      assertThat(MachineSign.of(Exit.of(path, asAfterSyscall), Stage.FINAL)).isEmpty();
    }
    Registers ofChild = beyond.with(Register.RCX, 1L << 50);
    assertThat(MachineSign.of(Exit.of(EntryPath.FORK_CHILD, ofChild), Stage.FINAL)).isEmpty();
  }

  @Test
  void xensOwnSelectorShowsAPvGuest() {
    Registers xen = PLAIN.with(Register.CS, 0xe033);
    assertThat(of(xen)).containsExactly(MachineSign.XEN_PV);
    assertThat(signs(Cause.FAULT, xen)).containsExactly(MachineSign.XEN_PV);
    assertThat(of(PLAIN.with(Register.CS, 0xe030))).isEmpty();
  }

  /** SYSCALL stores the usual selector under Xen too. */
  @Test
  void xensSelectorInASyscallsFrameWasWrittenThere() {
    Registers xen = PLAIN.with(Register.CS, 0xe033);
    for (EntryPath path :
        List.of(EntryPath.RT_SIGRETURN, EntryPath.SYSCALL_TRACED, EntryPath.FORK_CHILD)) {
      assertThat(MachineSign.of(Exit.of(path, xen), Stage.FINAL)).isEmpty();
    }
    assertThat(signs(Cause.PTRACE_EDIT, xen)).isEmpty();
  }

  @Test
  void everySignAndEveryVendorHasItsSentence() {
    for (MachineSign sign : MachineSign.values()) {
      assertThat(sign.sentence()).isNotBlank();
    }
    for (KernelVendor vendor : KernelVendor.values()) {
      assertThat(vendor.sentence()).isNotBlank();
    }
  }

  @Test
  void fredsBitsAboveAnotherSelectorShowNothing() {
    assertThat(ofSs(0x2207000100020018L)).isEmpty();
  }

  @Test
  void onlyADebuggersEditMakesAnAddressNoEvidence() {
    Registers beyond = at(1L << 50);
    assertThat(signs(Cause.FAULT, beyond)).containsExactly(MachineSign.LA57);
    assertThat(signs(Cause.PTRACE_EDIT, beyond)).isEmpty();
  }

  private static Set<MachineSign> signs(Cause cause, Registers regs) {
    return MachineSign.of(Exit.of(EntryPath.EXCEPTION, cause.present(), regs), Stage.FINAL);
  }
}
