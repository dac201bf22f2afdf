package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Verdict;

class TallyTableTest {

  private static final Group NGINX = new Group("nginx", "seed", List.of());
  private static final Group GCC = new Group("gcc", "seed", List.of());

  @Provide
  Arbitrary<TallyTable> tables() {
    return Tallies.tables();
  }

  @Test
  void startsWithNoGroups() {
    assertThat(new TallyTable().tallies()).isEmpty();
  }

  @Test
  void keepsTheGroupsApart() {
    TallyTable table = new TallyTable();
    Tallies.add(table.of(NGINX), Verdict.of(Outcome.SYSRET));
    Tallies.add(table.of(NGINX), Verdict.of(Outcome.SYSRET));
    Tallies.add(table.of(GCC), Verdict.of(Outcome.ERETU));
    Verdict sysret = Verdict.of(Outcome.SYSRET);
    assertThat(table.tallies())
        .isEqualTo(
            Map.of(
                NGINX, Tallies.sum(List.of(sysret, sysret)),
                GCC, Tallies.sum(List.of(Verdict.of(Outcome.ERETU)))));
  }

  @Test
  void tellsANumberThatIsNotKnownFromZero() {
    TallyTable table = new TallyTable();
    table.of(new Group("nginx", "seed", Tallies.listOf(null)));
    table.of(new Group("nginx", "seed", Tallies.listOf(0L)));
    assertThat(table.tallies()).hasSize(2);
  }

  @Test
  void addsUpHowLongTheTracesOfAWorkloadAre() {
    TallyTable table = new TallyTable();
    table.addNanos("nginx", 5);
    TallyTable other = new TallyTable();
    other.addNanos("nginx", 7);
    other.add("idle");
    table.plus(other);
    assertThat(table.nanos("nginx")).isEqualTo(12);
    assertThat(table.nanos("idle")).isZero();
    assertThat(table.nanos("unheard of")).isZero();
    assertThat(table).isNotEqualTo(other);
  }

  @Test
  void knowsAWorkloadThatHasNoExits() {
    TallyTable table = new TallyTable();
    table.add("idle");
    table.of(NGINX);
    assertThat(new TallyTable().plus(table).workloads()).containsExactly("idle", "nginx");
    assertThat(new TallyTable().plus(table)).isEqualTo(table).isNotEqualTo(new TallyTable());
  }

  @Property
  void addingZeroChangesNothing(@ForAll("tables") TallyTable table) {
    TallyTable sum = new TallyTable().plus(table).plus(new TallyTable());
    assertThat(sum).isEqualTo(table).hasSameHashCodeAs(table);
  }

  @Property
  void addingIsAssociative(
      @ForAll("tables") TallyTable a,
      @ForAll("tables") TallyTable b,
      @ForAll("tables") TallyTable c) {
    assertThat(copy(a).plus(b).plus(c)).isEqualTo(copy(a).plus(copy(b).plus(c)));
  }

  @Property
  void addingIsCommutative(@ForAll("tables") TallyTable a, @ForAll("tables") TallyTable b) {
    assertThat(copy(a).plus(b)).isEqualTo(copy(b).plus(a));
  }

  @Property
  void whatIsAddedStaysAsItIsEvenWhenTheSumGrows(
      @ForAll("tables") TallyTable a, @ForAll("tables") TallyTable b) {
    TallyTable before = copy(b);
    copy(a).plus(b).plus(b);
    assertThat(b).isEqualTo(before);
  }

  private static TallyTable copy(TallyTable table) {
    return new TallyTable().plus(table);
  }
}
