package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.ingest.trace.Fact;
import org.sysretreplay.ingest.trace.MachineFacts;

class RecordedOnTest {

  private static final MachineFacts ALL =
      new MachineFacts(Fact.YES, Fact.YES, MachineFacts.XEN_PV, "7.1.0", "");

  private static ExitModel model(String id) {
    return ExitModels.byId(id).orElseThrow();
  }

  @Test
  void nothingIsKnownWhereNothingIsSaid() {
    assertThat(RecordedOn.NOT_KNOWN.model()).isEmpty();
    assertThat(RecordedOn.NOT_KNOWN.machine(model("linux-6.9"), Machine.TRACED))
        .isEqualTo(Machine.TRACED);
  }

  @Test
  void whatIsKnownIsTheMachine() {
    RecordedOn on = new RecordedOn("7.1.0", ALL);
    assertThat(on.model()).contains(ExitModels.FRED);
    Machine machine = on.machine(model("linux-6.9"), Machine.TRACED);
    assertThat(machine.la57()).isTrue();
    assertThat(machine.xenPv()).isTrue();
    assertThat(on.machine(ExitModels.SEED, Machine.TRACED).la57()).as("it cannot").isFalse();
  }

  /** Others of its model can. */
  @Test
  void aKernelBefore414HasNo5LevelPagingOfItsOwn() {
    MachineFacts facts = new MachineFacts(Fact.YES, Fact.NO, MachineFacts.NO_HYPERVISOR, "", "");
    for (String release : List.of("4.9.0-19-amd64", "4.13.16")) {
      RecordedOn on = new RecordedOn(release, facts);
      assertThat(on.canHave5Levels()).isFalse();
      assertThat(on.machine(model("linux-4.6"), Machine.TRACED).la57()).isFalse();
      assertThat(on.machine(model("linux-6.9"), Machine.TRACED).la57()).isTrue();
    }
    RecordedOn later = new RecordedOn("4.14.5", facts);
    assertThat(later.canHave5Levels()).isTrue();
    assertThat(later.machine(model("linux-4.6"), Machine.TRACED).la57()).isTrue();
  }

  @Test
  void framesComeBeforeFactsAndFactsOfAnotherKernelDoNotCount() {
    MachineFacts none = new MachineFacts(Fact.NO, Fact.NO, MachineFacts.NO_HYPERVISOR, "", "");
    RecordedOn shown = new RecordedOn("6.12.1", none).with(Set.of(MachineSign.values()));
    for (MachineSign sign : MachineSign.values()) {
      assertThat(shown.fact(sign)).isEqualTo(Fact.YES);
      assertThat(shown.stated(sign)).isEqualTo(Fact.NO);
      assertThat(new RecordedOn("6.12.1", ALL).fact(sign)).isEqualTo(Fact.NOT_KNOWN);
    }
    assertThat(new RecordedOn("", ALL).release()).isEqualTo("7.1.0");
  }

  /** The stable release that was seen to send children of fork by the slow path. */
  @Test
  void theOwnKernelHasWhatItsReleaseIsKnownFor() {
    RecordedOn on = new RecordedOn("3.19.8", MachineFacts.NOT_KNOWN);
    assertThat(on.machine(model("linux-3.19"), Machine.UNTRACED).patchedForkChildren()).isTrue();
    assertThat(on.machine(ExitModels.SEED, Machine.UNTRACED).patchedForkChildren()).isFalse();
  }
}
