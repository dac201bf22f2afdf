package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.sysretreplay.emulator.Term.number;
import static org.sysretreplay.emulator.Term.slot;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermTest {

  private static final Term RIP = slot(Register.RIP);
  private static final Term RCX = slot(Register.RCX);

  private static long of(Term term, long rip, long rcx) {
    return term.of(new Registers(rip, rcx, 0, 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0, 0", "0, 5, 0, 1", "5, 0, 0, 1", "5, 9, 1, 1"})
  void twoConditionsHoldWhereBothAreNotZeroAndOneWhereEitherIs(
      long rip, long rcx, long both, long either) {
    assertThat(of(RIP.both(RCX), rip, rcx)).isEqualTo(both);
    assertThat(of(RIP.either(RCX), rip, rcx)).isEqualTo(either);
  }

  @Test
  void numbersAreUnsigned() {
    assertThat(of(RIP.isBelow(1), -1, 0)).isZero();
    assertThat(of(RIP.isBelow(Long.MAX_VALUE), 7, 0)).isOne();
    assertThat(of(RIP.right(60), -1, 0)).isEqualTo(0xf);
    assertThat(of(RIP.minus(1), 0, 0)).isEqualTo(-1);
  }

  @Test
  void aTermIsTextInTheSyntaxOfC() {
    Term term = RIP.xor(RCX.left(3)).and(0x10).not().choose(1, RCX.or(number(2)));

    assertThat(term.text(it -> it.name().toLowerCase()))
        .isEqualTo("((((rip ^ (rcx << 0x3)) & 0x10) == 0x0) ? 0x1 : (rcx | 0x2))");
    assertThat(of(term, 0x8, 0x1)).isOne();
    assertThat(of(term, 0x10, 0x1)).isEqualTo(3);
  }

  @Test
  void aShiftByNothingIsTheTermItself() {
    assertThat(RIP.left(0)).isSameAs(RIP);
    assertThat(RIP.right(0)).isSameAs(RIP);
  }

  @Test
  void aNumberWithTheHighestBitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> number(-1))
        .withMessage("0xffffffffffffffff has the highest bit set");
  }
}
