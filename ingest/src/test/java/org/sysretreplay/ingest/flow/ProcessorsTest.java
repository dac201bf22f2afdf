package org.sysretreplay.ingest.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProcessorsTest {

  @Test
  void workHasAsManyAsItWasGivenItsOwnThreadIncluded() {
    assertThat(Processors.<Integer>use(1, InParallel::freeProcessors)).isZero();
    assertThat(Processors.<Integer>use(3, InParallel::freeProcessors)).isEqualTo(2);
    assertThat(Processors.<Integer>use(0, InParallel::freeProcessors)).isZero();
  }

  @Test
  void whoWasGivenNoneHasTheMachine() {
    assertThat(Processors.given()).isEmpty();
    assertThat(InParallel.freeProcessors()).isPositive();
    assertThat(Processors.helpers(7)).isEqualTo(7);
  }

  @Test
  void aHelperThatMostlyWaitsIsThereAlways() {
    assertThat(Processors.<Integer>use(1, () -> Processors.helpers(7))).isEqualTo(1);
    assertThat(Processors.<Integer>use(4, () -> Processors.helpers(7))).isEqualTo(3);
  }

  @Test
  void whatHeldBeforeHoldsAgain() {
    OptionalInt inside =
        Processors.use(
            4,
            () -> {
              Processors.use(2, () -> null);
              return Processors.given();
            });

    assertThat(inside).hasValue(4);
    assertThat(Processors.given()).isEmpty();
  }

  @Test
  void otherThreadsHaveTheirOwn() {
    OptionalInt other =
        Processors.use(1, () -> CompletableFuture.supplyAsync(Processors::given).join());

    assertThat(other).isEmpty();
  }
}
