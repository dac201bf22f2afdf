package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final Optional<MissReason> RF = Optional.of(MissReason.RF_SET);

  @Test
  void aFirstMissGoesWithAMissAndWithNothingElse() {
    assertThatThrownBy(
            () -> new Verdict(Outcome.SYSRET, RF, Set.of(MissReason.RF_SET), Optional.empty()))
        .hasMessage("a first miss goes with IRET_MISS, not with SYSRET");
    assertThatThrownBy(
            () -> new Verdict(Outcome.IRET_MISS, Optional.empty(), Set.of(), Optional.empty()))
        .hasMessage("a first miss goes with IRET_MISS, not with IRET_MISS");
  }

  @Test
  void theFirstMissIsOneOfAll() {
    assertThatThrownBy(
            () -> new Verdict(Outcome.IRET_MISS, RF, Set.of(MissReason.TF_SET), Optional.empty()))
        .hasMessage("first miss Optional[RF_SET] is not in [TF_SET]");
    assertThatThrownBy(
            () ->
                new Verdict(
                    Outcome.SYSRET, Optional.empty(), Set.of(MissReason.TF_SET), Optional.empty()))
        .hasMessage("first miss Optional.empty is not in [TF_SET]");
  }

  @Test
  void doubtGoesWithAFrameThatIsNeverChecked() {
    assertThatThrownBy(
            () ->
                new Verdict(
                    Outcome.SYSRET, Optional.empty(), Set.of(), Optional.of(Doubt.COMPAT_RETURN)))
        .hasMessage("doubt goes with IRET_ROUTE, not with SYSRET");
    assertThat(Verdict.doubtful(Doubt.COMPAT_RETURN).outcome()).isEqualTo(Outcome.IRET_ROUTE);
    assertThat(Verdict.of(Outcome.IRET_ROUTE).doubt()).isEmpty();
  }

  @Test
  void keepsAllMissesAsTheyWere() {
    EnumSet<MissReason> all = EnumSet.of(MissReason.RF_SET, MissReason.TF_SET);
    Verdict verdict = Verdict.miss(MissReason.RF_SET, all);
    all.clear();

    assertThat(verdict.allMisses())
        .containsExactlyInAnyOrder(MissReason.RF_SET, MissReason.TF_SET)
        .isUnmodifiable();
  }
}
