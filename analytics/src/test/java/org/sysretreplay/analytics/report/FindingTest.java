package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Verdict;

class FindingTest {

  private final Tally tally = new Tally();

  private FindingTest of(long count, Outcome outcome) {
    return add(Verdict.of(outcome), Cause.UNKNOWN, count);
  }

  private FindingTest misses(long count, MissReason first, Cause cause) {
    return add(Verdict.miss(first, EnumSet.of(first)), cause, count);
  }

  private FindingTest add(Verdict verdict, Cause cause, long count) {
    tally.plus(Stage.FINAL, cause.present(), verdict, verdict, count);
    return this;
  }

  private void says(String sentence, String brief) {
    Finding finding = Finding.of(tally);
    assertThat(finding.sentence()).isEqualTo(sentence);
    assertThat(finding.brief()).isEqualTo(brief);
  }

  private void says(String both) {
    says(both, both);
  }

  @Test
  void theShareAndWhatMostMissesAreAbout() {
    of(894, Outcome.SYSRET)
        .misses(1_529, MissReason.RCX_NOT_RIP, Cause.FAULT)
        .misses(46, MissReason.RCX_NOT_RIP, Cause.EXECVE)
        .misses(20, MissReason.R11_NOT_RFLAGS, Cause.SIGNAL_DELIVERY)
        .says(
            "35.9 % of 2,489 exits return by SYSRET; of the 1,595 misses 98.7 % fail RCX_NOT_RIP"
                + " first, and 95.9 % are caused by FAULT",
            "35.9 % of 2,489 exits return by SYSRET; 1,595 misses: RCX_NOT_RIP 98.7 %, FAULT"
                + " 95.9 %");
  }

  @Test
  void noExits() {
    says("there is no exit to count");
  }

  @Test
  void noMisses() {
    of(6, Outcome.SYSRET).says("all 6 exits return by SYSRET; no check fails");
  }

  @Test
  void nothingChecked() {
    of(41, Outcome.FAST_SYSRET).says("all 41 exits return by SYSRET; no register is checked");
    of(59, Outcome.IRET_ROUTE)
        .says("41.0 % of 100 exits return by SYSRET; 59.0 % by IRET; no register is checked");
  }

  @Test
  void noneBySysret() {
    of(2_489, Outcome.IRET_ROUTE)
        .says("none of 2,489 exits returns by SYSRET; all by IRET; no register is checked");
  }

  @Test
  void neitherSysretNorIret() {
    of(2_489, Outcome.ERETU).says("all 2,489 exits return by ERETU");
  }

  @Test
  void kernelsOfEveryKind() {
    of(1, Outcome.FAST_SYSRET)
        .of(1, Outcome.SYSRET)
        .of(1, Outcome.IRET_ROUTE)
        .of(4, Outcome.ERETU)
        .misses(1, MissReason.RF_SET, Cause.UNKNOWN)
        .says(
            "25.0 % of 8 exits return by SYSRET; 12.5 % by IRET without a check; 50.0 % by ERETU;"
                + " the one miss fails RF_SET first, and its cause is not known",
            "25.0 % of 8 exits return by SYSRET; 12.5 % by IRET without a check; 50.0 % by ERETU;"
                + " 1 miss: RF_SET 100.0 %, UNKNOWN 100.0 %");
  }

  @Test
  void oneExit() {
    misses(1, MissReason.RCX_NOT_RIP, Cause.EXECVE)
        .says(
            "the one exit does not return by SYSRET; the one miss fails RCX_NOT_RIP first, and its"
                + " cause is EXECVE",
            "the one exit does not return by SYSRET; 1 miss: RCX_NOT_RIP 100.0 %, EXECVE 100.0 %");
  }

  @Test
  void allMissesAreAlike() {
    misses(2, MissReason.CS_NOT_USER_CS, Cause.CODE_32_BIT)
        .says(
            "none of 2 exits returns by SYSRET; all 2 misses fail CS_NOT_USER_CS first, and all are"
                + " caused by CODE_32_BIT",
            "none of 2 exits returns by SYSRET; 2 misses: CS_NOT_USER_CS 100.0 %, CODE_32_BIT"
                + " 100.0 %");
  }

  @Test
  void noCauseIsKnown() {
    misses(3, MissReason.RCX_NOT_RIP, Cause.UNKNOWN)
        .misses(1, MissReason.RF_SET, Cause.FAULT)
        .says(
            "none of 4 exits returns by SYSRET; of the 4 misses 75.0 % fail RCX_NOT_RIP first, and"
                + " the cause of 75.0 % is not known",
            "none of 4 exits returns by SYSRET; 4 misses: RCX_NOT_RIP 75.0 %, UNKNOWN 75.0 %");
  }

  @Test
  void aLittleIsNotNothingAndMuchIsNotAll() {
    of(1, Outcome.SYSRET)
        .misses(99_999, MissReason.RCX_NOT_RIP, Cause.FAULT)
        .misses(1, MissReason.RF_SET, Cause.SINGLE_STEP)
        .says(
            "< 0.1 % of 100,001 exits return by SYSRET; of the 100,000 misses > 99.9 % fail"
                + " RCX_NOT_RIP first, and > 99.9 % are caused by FAULT",
            "< 0.1 % of 100,001 exits return by SYSRET; 100,000 misses: RCX_NOT_RIP > 99.9 %, FAULT"
                + " > 99.9 %");
  }

  @Test
  void ofEqualsTheFirstLeads() {
    assertThat(Leading.of(Map.of(Cause.FAULT, 5L, Cause.VSYSCALL, 5L, Cause.IOPL, 4L), 14))
        .contains(new Leading<>(Cause.VSYSCALL, new Ratio(5, 14)));
    assertThat(Leading.of(Map.<Cause, Long>of(), 0)).isEmpty();
  }

  @Property
  void whatLeadsIsNoLessThanTheOthers(
      @ForAll @LongRange(min = 1, max = 9) long faults,
      @ForAll @LongRange(min = 1, max = 9) long restarts) {
    Tally some = new Tally();
    Verdict rcx = Verdict.miss(MissReason.RCX_NOT_RIP, EnumSet.of(MissReason.RCX_NOT_RIP));
    some.plus(Stage.FINAL, Cause.FAULT.present(), rcx, rcx, faults);
    some.plus(Stage.FINAL, Cause.SYSCALL_RESTART.present(), rcx, rcx, restarts);
    Leading<Cause> leading = Finding.of(some).cause().orElseThrow();
    assertThat(leading.share()).isEqualTo(new Ratio(Math.max(faults, restarts), faults + restarts));
    assertThat(leading.what() == Cause.FAULT).isEqualTo(faults > restarts);
  }
}
