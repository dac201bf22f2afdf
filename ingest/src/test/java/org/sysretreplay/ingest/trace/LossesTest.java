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
}
