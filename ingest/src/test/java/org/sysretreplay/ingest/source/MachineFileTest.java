package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.ingest.trace.Fact;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.TraceException;

class MachineFileTest {

  private static final String EMPTY = "{\"schema\":\"sysret-replay/machine/1\"}";

  @TempDir private Path folder;

  private MachineFacts beside(String text) throws IOException {
    Path recording = folder.resolve("app.perf.data");
    Files.writeString(MachineFile.of(recording), text);
    return MachineFile.beside(recording);
  }

  @ParameterizedTest
  @EnumSource(Fact.class)
  void readsWhatItWrites(Fact fact) throws IOException {
    for (String hypervisor : new String[] {"", "none", "xen-pv", "other"}) {
      MachineFacts facts = new MachineFacts(fact, fact, hypervisor, "6.12.1", "fred=on no5lvl");
      assertThat(beside(MachineFile.write(facts))).isEqualTo(facts);
    }
    assertThat(beside(MachineFile.write(MachineFacts.NOT_KNOWN))).isEqualTo(MachineFacts.NOT_KNOWN);
  }

  @Test
  void writesOnlyWhatIsKnown() {
    assertThat(
            MachineFile.write(
                new MachineFacts(Fact.YES, Fact.NOT_KNOWN, "none", "6.12.1", "pti=on audit=0")))
        .isEqualTo(
            """
            {
              "schema" : "sysret-replay/machine/1",
              "kernel_release" : "6.12.1",
              "la57" : true,
              "hypervisor" : "none",
              "kernel_parameters" : [ "pti=on", "audit=0" ]
            }
            """);
  }

  @Test
  void knowsNothingWhereThereIsNoFileOrNoKey() throws IOException {
    assertThat(MachineFile.beside(folder.resolve("none"))).isEqualTo(MachineFacts.NOT_KNOWN);
    assertThat(beside(EMPTY)).isEqualTo(MachineFacts.NOT_KNOWN);
    assertThat(beside(EMPTY.replace("}", ",\"la57\":null,\"new\":{\"x\":[1]}}")))
        .isEqualTo(MachineFacts.NOT_KNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "app.perf.data,     app.perf.data.machine.json",
    "app.perf.data.gz,  app.perf.data.machine.json",
    "app.perf.data.zst, app.perf.data.machine.json",
    "app.perf.data.gz,  app.perf.data.gz.machine.json",
    "app.data/data,     app.data.machine.json",
    "app.data,          app.data.machine.json",
    "app.data/data.zst, app.data.machine.json",
  })
  void isFoundBesideFilesPackedOrNotAndBesideFolders(String recording, String name)
      throws IOException {
    Files.writeString(folder.resolve(name), EMPTY.replace("}", ",\"fred\":true}"));
    assertThat(MachineFile.beside(folder.resolve(recording)).fred()).isEqualTo(Fact.YES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                          | it has no \"schema\":\"sysret-replay/machine/1\"",
        "{                                           | it is not JSON, or damaged",
        "[]                                          | it has no \"schema\":\"sysret-replay/machine/1\"",
        "{\"schema\":\"sysret-replay/machine/1\"} x  | it is not JSON, or damaged",
        "{\"schema\":\"sysret-replay/machine/2\"}    | its schema is sysret-replay/machine/2, and this"
            + " version reads sysret-replay/machine/1",
        "{\"schema\":\"sysret-replay/machine/1\",\"la57\":1}            | la57 is not true or false",
        "{\"schema\":\"sysret-replay/machine/1\",\"fred\":\"yes\"}      | fred is not true or false",
        "{\"schema\":\"sysret-replay/machine/1\",\"hypervisor\":true}   | hypervisor is not a text",
        "{\"schema\":\"sysret-replay/machine/1\",\"kernel_parameters\":\"x\"} | kernel_parameters is not"
            + " a list",
        "{\"schema\":\"sysret-replay/machine/1\",\"la57\":true,\"la57\":false} | it is not JSON, or"
            + " damaged",
        "{\"schema\":\"sysret-replay/machine/1\",\"kernel_release\":\"a\\nb\"} | kernel_release is not"
            + " one short line",
      })
  void saysInOneSentenceWhatIsWrong(String text, String wrong) {
    assertThatThrownBy(() -> beside(text))
        .isInstanceOf(TraceException.class)
        .hasMessage(
            "%s: %s; remove it, or put back what \"sysret-replay record\" wrote there."
                .formatted(folder.resolve("app.perf.data.machine.json"), wrong));
  }

  /** Damage of every kind gives one sentence or other facts, and never another exception. */
  @Test
  void damageGivesASentenceOrOtherFacts() throws IOException {
    String whole =
        MachineFile.write(
            new MachineFacts(Fact.YES, Fact.NO, "xen-pv", "6.12.1", "fred=on no5lvl"));
    for (int at = 0; at < whole.length(); at++) {
      for (String damaged :
          new String[] {
            whole.substring(0, at),
            whole.substring(0, at) + '\u0000' + whole.substring(at + 1),
            whole.substring(0, at) + '9' + whole.substring(at + 1),
            whole.substring(0, at) + '"' + whole.substring(at),
          }) {
        try {
          beside(damaged);
        } catch (TraceException e) {
          assertThat(e).hasMessageContaining("app.perf.data.machine.json: ");
        }
      }
    }
  }

  @Test
  void refusesAFileThatIsNoDescription() {
    assertThatThrownBy(() -> beside(" ".repeat(1 << 17)))
        .hasMessageContaining("it is larger than any description of a machine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.perf.data.machine.json", "x.machine.json"})
  void isNoRecording(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), EMPTY);
    assertThat(TraceInputs.find(List.of(file), Optional.empty(), Optional.empty()).unreadable())
        .singleElement()
        .extracting(Exception::getMessage)
        .isEqualTo(
            file
                + ": it describes the machine of a recording, and is no recording itself; name the"
                + " recording.");
  }
}
