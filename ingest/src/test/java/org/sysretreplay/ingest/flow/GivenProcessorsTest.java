package org.sysretreplay.ingest.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GivenProcessorsTest {

  @Test
  void theNumberIncludesTheThreadItself() {
    assertThat(GivenProcessors.<Integer>use(1, ParallelMapper::freeProcessors)).isZero();
    assertThat(GivenProcessors.<Integer>use(3, ParallelMapper::freeProcessors)).isEqualTo(2);
    assertThat(GivenProcessors.<Integer>use(0, ParallelMapper::freeProcessors)).isZero();
  }

  @Test
  void aThreadWithoutANumberUsesTheWholeMachine() {
    assertThat(GivenProcessors.given()).isEmpty();
    assertThat(ParallelMapper.freeProcessors()).isPositive();
    assertThat(GivenProcessors.helpers(7)).isEqualTo(7);
  }

  @Test
  void thereIsAlwaysAtLeastOneHelper() {
    assertThat(GivenProcessors.<Integer>use(1, () -> GivenProcessors.helpers(7))).isEqualTo(1);
    assertThat(GivenProcessors.<Integer>use(4, () -> GivenProcessors.helpers(7))).isEqualTo(3);
  }

  @Test
  void theEarlierNumberHoldsAgainAfterwards() {
    OptionalInt inside =
        GivenProcessors.use(
            4,
            () -> {
              GivenProcessors.use(2, () -> null);
              return GivenProcessors.given();
            });

    assertThat(inside).hasValue(4);
    assertThat(GivenProcessors.given()).isEmpty();
  }

  @Test
  void otherThreadsHaveTheirOwn() {
    OptionalInt other =
        GivenProcessors.use(1, () -> CompletableFuture.supplyAsync(GivenProcessors::given).join());

    assertThat(other).isEmpty();
  }
}
