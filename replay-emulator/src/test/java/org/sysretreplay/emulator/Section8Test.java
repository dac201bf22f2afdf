package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The domain sheet's own test vectors (section 8); one column for each form of the check. */
class Section8Test {

  private static final Registers BASE = Registers.ofSyscall(0x7f1234567ab2L, 0x246);

  /** The models that each column stands for, in the order of the columns. */
  private static final List<List<String>> MODELS_OF_COLUMN =
      List.of(
          List.of("seed"),
          List.of("linux-4.0", "linux-4.1"),
          List.of("linux-4.2", "linux-4.4", "linux-4.6", "linux-4.16", "linux-5.12"),
          List.of("linux-6.7"),
          List.of("linux-6.9"));

  private static final int FIRST_COLUMN = 9;

  private static final Map<String, MissReason> REASON_OF_TEST =
      Map.of(
          "ip", MissReason.RCX_NOT_RIP,
          "addr", MissReason.RIP_NOT_USER_ADDRESS,
          "cs", MissReason.CS_NOT_USER_CS,
          "r11", MissReason.R11_NOT_RFLAGS,
          "ss", MissReason.SS_NOT_USER_DS);

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "section-8.csv", useHeadersInDisplayName = false, numLinesToSkip = 1)
  void everyVectorGivesItsFirstFailingTest(ArgumentsAccessor row) {
    Registers frame =
        new Registers(hex(row, 2), hex(row, 3), hex(row, 7), hex(row, 6), hex(row, 4), hex(row, 5));
    Machine machine = Machine.TRACED.withLa57(row.getString(8).equals("on"));
    for (int i = 0; i < MODELS_OF_COLUMN.size(); i++) {
      String expected = row.getString(FIRST_COLUMN + i);
      for (String id : MODELS_OF_COLUMN.get(i)) {
        ExitModel model = model(id);
        // n/a, and those of 4.2 to 4.5 in column C: such kernels cannot run with 5-level paging.
        boolean tooOld = Set.of("linux-4.2", "linux-4.4").contains(id) && machine.la57();
        boolean applies = !expected.equals("n/a") && !tooOld;
        assertThat(model.supports(machine)).as(id).isEqualTo(applies);
        if (applies) {
          assertVerdict(model.check(frame, machine), expected, frame, id);
        }
      }
    }
  }

  private static void assertVerdict(
      Verdict verdict, String expected, Registers frame, String model) {
    if (expected.equals("S")) {
      assertThat(verdict).as(model).isEqualTo(Verdict.of(Outcome.SYSRET));
    } else {
      assertThat(verdict.outcome()).as(model).isEqualTo(Outcome.IRET_MISS);
      assertThat(verdict.firstMiss()).as(model).contains(reason(expected, frame));
    }
  }

  private static MissReason reason(String test, Registers frame) {
    return test.equals("flags")
        ? frame.rflags() == 0x10246 ? MissReason.RF_SET : MissReason.TF_SET
        : REASON_OF_TEST.get(test);
  }

  /**
   * The vectors below the table, which test only the routes, on the base frame; 4.0 as 12.1
   * corrects it.
   */
  @ParameterizedTest
  @CsvSource({
    "linux-3.19, FAST_SYSRET, IRET_ROUTE",
    "seed,       FAST_SYSRET, SYSRET",
    "linux-4.0,  SYSRET,      SYSRET",
    "linux-4.1,  SYSRET,      IRET_ROUTE",
    "linux-4.2,  SYSRET,      IRET_ROUTE",
    "linux-4.4,  SYSRET,      IRET_ROUTE",
    "linux-4.6,  IRET_ROUTE,  IRET_ROUTE",
    "linux-4.16, IRET_ROUTE,  IRET_ROUTE",
    "linux-5.12, IRET_ROUTE,  IRET_ROUTE",
    "linux-6.7,  IRET_ROUTE,  IRET_ROUTE",
    "linux-6.9,  IRET_ROUTE,  IRET_ROUTE",
    "fred,       ERETU,       ERETU"
  })
  void theBaseFrameOfAForkChildAndOfATimerInterrupt(String id, Outcome fork, Outcome interrupt) {
    assertThat(judge(id, EntryPath.FORK_CHILD, Machine.UNTRACED)).isEqualTo(Verdict.of(fork));
    assertThat(judge(id, EntryPath.INTERRUPT, Machine.UNTRACED)).isEqualTo(Verdict.of(interrupt));
  }

  /** Before 5.12 the check is evaluated, and its SYSRET is a hypercall. */
  @ParameterizedTest
  @CsvSource({
    "seed, SYSRET",
    "linux-4.0, SYSRET",
    "linux-4.1, SYSRET",
    "linux-4.2, SYSRET",
    "linux-4.4, SYSRET",
    "linux-4.6, SYSRET",
    "linux-4.16, SYSRET",
    "linux-5.12, IRET_MISS",
    "linux-6.7, IRET_MISS",
    "linux-6.9, IRET_MISS"
  })
  void theBaseFrameOnAXenPvGuest(String id, Outcome outcome) {
    Verdict verdict = judge(id, EntryPath.SYSCALL_NO_WORK, Machine.TRACED.withXenPv(true));

    assertThat(verdict.outcome()).isEqualTo(outcome);
    if (outcome == Outcome.IRET_MISS) {
      assertThat(verdict.firstMiss()).contains(MissReason.XEN_PV_GUEST);
      assertThat(verdict.allMisses()).containsExactly(MissReason.XEN_PV_GUEST);
    }
  }

  private static Verdict judge(String id, EntryPath path, Machine machine) {
    return model(id).judge(Exit.of(path, BASE), machine);
  }

  private static ExitModel model(String id) {
    return ExitModels.byId(id).orElseThrow();
  }

  private static long hex(ArgumentsAccessor row, int column) {
    return Long.parseUnsignedLong(row.getString(column).substring(2), 16);
  }
}
