package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

  private static final long HANDLER = 0x401000;
  private static final Registers DELIVERED =
      Registers.ofSyscall(0x7f1234567ab2L, 0x246).with(Register.RIP, HANDLER);
  private static final Registers STARTED = new Registers(0x401000, 0, 0, 0x200, 0x33, 0x2b);
  private static final Registers MENDED =
      new Registers(0x401000, 0x401000, 0x200, 0x200, 0x33, 0x2b);
  private static final Registers CLEAN = Registers.ofSyscall(0x7f1234567ab2L, 0x246);

  private static ExitModel model(String id) {
    return ExitModels.byId(id).orElseThrow();
  }

  private static Outcome outcome(
      String model, EntryPath path, Optional<Cause> cause, Registers registers) {
    return model(model).judge(Exit.of(path, cause, registers), Machine.TRACED).outcome();
  }

  @ParameterizedTest
  @CsvSource({
    "seed, IRET_MISS",
    "seed+exec-hits, IRET_MISS",
    "seed+signal-delivery-hits, SYSRET",
    "linux-4.1+signal-delivery-hits, SYSRET",
    "linux-6.9+signal-delivery-hits, SYSRET",
    "seed+exec-hits+signal-delivery-hits, SYSRET"
  })
  void aDeliveredSignalHitsWhereDeliveryWritesRcxAndR11(String model, Outcome expected) {
    assertThat(
            outcome(model, EntryPath.SYSCALL_EXIT_WORK, Cause.SIGNAL_DELIVERY.present(), DELIVERED))
        .isEqualTo(expected);
  }

  @Test
  void aDeliveryOnAnInterruptStaysOnItsRouteWhereInterruptsAreNotChecked() {
    assertThat(
            outcome(
                "linux-4.1+signal-delivery-hits",
                EntryPath.INTERRUPT,
                Cause.SIGNAL_DELIVERY.present(),
                DELIVERED))
        .isEqualTo(Outcome.IRET_ROUTE);
  }

  @Test
  void whatDeliveryDoesNotWriteStillFails() {
    Registers ldt = DELIVERED.with(Register.SS, 0x0f);
    Verdict verdict =
        model("seed+signal-delivery-hits")
            .judge(
                Exit.of(EntryPath.SYSCALL_EXIT_WORK, Cause.SIGNAL_DELIVERY.present(), ldt),
                Machine.TRACED);
    assertThat(verdict.firstMiss()).contains(MissReason.SS_NOT_USER_DS);
  }

  @ParameterizedTest
  @CsvSource({"seed, IRET_MISS", "seed+exec-hits, SYSRET", "linux-6.9+exec-hits, SYSRET"})
  void anExecveHitsWhereItWritesRcxAndR11(String model, Outcome expected) {
    assertThat(outcome(model, EntryPath.EXECVE, Cause.EXECVE.present(), STARTED))
        .isEqualTo(expected);
  }

  /** What the policies say in their sentences, told a second time. */
  private static Optional<Cause> mended(Policy policy) {
    return switch (policy) {
      case SIGNAL_DELIVERY_HITS -> Optional.of(Cause.SIGNAL_DELIVERY);
      case EXEC_HITS -> Optional.of(Cause.EXECVE);
      case IRQ_CHECK, NO_IRQ_CHECK, NO_CANONICAL_PESSIMISM -> Optional.empty();
    };
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void aPolicyMendsTheFramesOfItsCauseAndLeavesAllOthersAsTheyAre(Policy policy) {
    ExitModel model = ExitModels.SEED.under(policy);
    for (Cause cause : Cause.values()) {
      assertThat(model.checked(Exit.of(EntryPath.EXECVE, cause.present(), STARTED)))
          .as("%s", cause)
          .isEqualTo(mended(policy).equals(cause.present()) ? MENDED : STARTED);
    }
    assertThat(model.checked(Exit.of(EntryPath.EXECVE, STARTED))).isEqualTo(STARTED);
  }

  @Test
  void severalPoliciesMendWhatAnyOfThemMends() {
    ExitModel model = model("seed+irq-check+exec-hits+signal-delivery-hits");
    for (Cause cause : Cause.values()) {
      boolean mends = cause == Cause.EXECVE || cause == Cause.SIGNAL_DELIVERY;
      assertThat(model.checked(Exit.of(EntryPath.EXECVE, cause.present(), STARTED)))
          .as("%s", cause)
          .isEqualTo(mends ? MENDED : STARTED);
    }
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void aKernelMendsNothing(Cause cause) {
    Exit exit = Exit.of(EntryPath.EXECVE, cause.present(), STARTED);
    assertThat(ExitModels.all()).allMatch(it -> it.checked(exit) == STARTED);
  }

  @ParameterizedTest
  @CsvSource({
    "seed, SYSRET",
    "seed+no-irq-check, IRET_ROUTE",
    "linux-4.1, IRET_ROUTE",
    "linux-4.1+irq-check, SYSRET",
    "linux-6.9+irq-check, SYSRET",
    "seed+irq-check, SYSRET"
  })
  void interruptsAndExceptionsAreCheckedOrNot(String model, Outcome expected) {
    assertThat(outcome(model, EntryPath.INTERRUPT, Optional.empty(), CLEAN)).isEqualTo(expected);
    assertThat(outcome(model, EntryPath.EXCEPTION, Optional.empty(), CLEAN)).isEqualTo(expected);
    assertThat(outcome(model, EntryPath.NMI, Optional.empty(), CLEAN))
        .isEqualTo(Outcome.IRET_ROUTE);
  }

  @ParameterizedTest
  @CsvSource({
    "seed, 0xffffffffff600009, IRET_MISS",
    "seed+no-canonical-pessimism, 0xffffffffff600009, SYSRET",
    "linux-6.9+no-canonical-pessimism, 0xffffffffff600009, SYSRET",
    "linux-6.9+no-canonical-pessimism, 0x00007ffffffff000, SYSRET",
    "seed+no-canonical-pessimism, 0x0000800000000000, IRET_MISS",
    "linux-4.2+no-canonical-pessimism, 0xffff7fffffffffff, IRET_MISS"
  })
  void everyCanonicalAddressPassesAndNoOther(String model, String address, Outcome expected) {
    Registers frame = Registers.ofSyscall(Long.parseUnsignedLong(address.substring(2), 16), 0x246);
    assertThat(outcome(model, EntryPath.SYSCALL_TRACED, Optional.empty(), frame))
        .isEqualTo(expected);
  }

  @Test
  void aModelUnderPoliciesKnowsItsKernelAndSaysWhatIsChanged() {
    ExitModel model = model("linux-4.1+irq-check+exec-hits");
    assertThat(model.id()).isEqualTo("linux-4.1+irq-check+exec-hits");
    assertThat(model.kernel()).isSameAs(model("linux-4.1"));
    assertThat(model.policies()).containsExactly(Policy.IRQ_CHECK, Policy.EXEC_HITS);
    assertThat(model.description().summary())
        .contains("What if returns from interrupts and exceptions were checked")
        .endsWith("What if execve also wrote the new program's RIP and RFLAGS to RCX and R11?");
    assertThat(model("linux-4.1").kernel()).isSameAs(model("linux-4.1"));
    assertThat(model.without(MissReason.RF_SET).kernel()).isSameAs(model("linux-4.1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"seed+", "+exec-hits", "seed+Exec-Hits", "fred+irq-check", "linux-3.19+exec-hits"})
  void namesNoModelWhereThereIsNoSuchPolicyOrNoCheck(String id) {
    assertThat(ExitModels.byId(id)).isEmpty();
  }

  @Test
  void aKernelWithoutACheckCannotBeUnderAPolicy() {
    assertThatThrownBy(() -> model("fred").under(Policy.IRQ_CHECK))
        .hasMessage("fred has no check that a policy could change");
  }
}
