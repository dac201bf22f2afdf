package org.sysretreplay.ingest.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossesTest {

  private final Losses losses = new Losses();

  @Test
  void theGreaterSumIsTheLoss() {
    losses.addRecords(3);
    losses.addRecords(4);
    losses.addSamples(6);
    assertThat(losses.total()).isEqualTo(7);
    losses.addSamples(2);
    assertThat(losses.total()).isEqualTo(8);
  }

  @Test
  void aSumThatIsTooGreatStaysAtTheGreatestNumber() {
    losses.addRecords(Long.MAX_VALUE);
    losses.addRecords(1);
    assertThat(losses.total()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aCountOfTheUpperHalfIsNotNegative() {
    losses.addSamples(-1);
    losses.addSamples(5);
    assertThat(losses.total()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void countsOfSeveralTracesStayAtTheGreatestNumberToo() {
    Counts one = new Counts(1, 1, 0, 0, Long.MAX_VALUE);

    assertThat(one.plus(one).lost()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aSpanThatIsTooLongIsTheLongest() {
    assertThat(new TimeSpan(Long.MIN_VALUE, Long.MAX_VALUE).nanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(new TimeSpan(-1, 1).nanos()).isEqualTo(2);
    assertThat(TimeSpan.NONE.nanos()).isZero();
  }
}
