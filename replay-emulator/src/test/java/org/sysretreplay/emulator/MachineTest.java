package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MachineTest {

  @ParameterizedTest
  @EnumSource(Work.class)
  void workIsThereOrNotWhateverElseThereIs(Work kind) {
    Machine busy = new Machine(EnumSet.allOf(Work.class), true, true, true);

    assertThat(Machine.UNTRACED.has(kind)).isFalse();
    assertThat(Machine.UNTRACED.with(kind, true).work()).containsExactly(kind);
    assertThat(Machine.UNTRACED.with(kind, true).has(kind)).isTrue();
    assertThat(Machine.UNTRACED.with(kind, false)).isEqualTo(Machine.UNTRACED);
    assertThat(busy.with(kind, true)).isEqualTo(busy);
    assertThat(busy.with(kind, false).has(kind)).isFalse();
    assertThat(busy.with(kind, false).with(kind, true)).isEqualTo(busy);
  }

  @Test
  void workIsInOneOrderAndStaysAsItIs() {
    Set<Work> work = EnumSet.of(Work.NOHZ_FULL, Work.TRACING);
    Machine machine = new Machine(work, false, false, false);
    work.clear();

    assertThat(machine.work()).containsExactly(Work.TRACING, Work.NOHZ_FULL).isUnmodifiable();
  }

  @Test
  void eachFactIsChangedByItself() {
    Machine plain = Machine.TRACED;

    assertThat(plain.withLa57(true)).isEqualTo(new Machine(plain.work(), true, false, false));
    assertThat(plain.withXenPv(true)).isEqualTo(new Machine(plain.work(), false, true, false));
    assertThat(plain.withPatchedForkChildren(true))
        .isEqualTo(new Machine(plain.work(), false, false, true));
  }

  @Test
  void onlyInAXenPvGuestSysretIsNoQuickerThanIret() {
    assertThat(Machine.TRACED.savesTime()).isTrue();
    assertThat(Machine.UNTRACED.withLa57(true).savesTime()).isTrue();
    assertThat(Machine.TRACED.withXenPv(true).savesTime()).isFalse();
  }
}
