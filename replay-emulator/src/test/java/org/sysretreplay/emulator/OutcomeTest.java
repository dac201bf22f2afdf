package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  @Test
  void whatReturnsBySysretIsWhatTheKernelSendsThereCheckedOrNot() {
    assertThat(Stream.of(Outcome.values()).filter(Outcome::isBySysret))
        .containsExactly(Outcome.FAST_SYSRET, Outcome.SYSRET);
  }

  @Test
  void whatReturnsByIretIsWhatMissesAndWhatIsNeverChecked() {
    assertThat(Stream.of(Outcome.values()).filter(Outcome::isByIret))
        .containsExactly(Outcome.IRET_MISS, Outcome.IRET_ROUTE);
  }

  @Test
  void theReturnOfFredIsNeither() {
    assertThat(Outcome.ERETU.isBySysret()).isFalse();
    assertThat(Outcome.ERETU.isByIret()).isFalse();
  }
}
