package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.ingest.trace.Fact;
import org.sysretreplay.ingest.trace.MachineFacts;

class ThisMachineTest {

  @TempDir private Path root;

  private void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }

  private void flags(String flags) throws IOException {
    write("proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu fpu " + flags + "\nbugs\t\t: x\n\n");
  }

  @Test
  void knowsNothingWhereNothingCanBeRead() throws IOException {
    assertThat(ThisMachine.facts(root)).isEqualTo(MachineFacts.NOT_KNOWN);
    write("proc/cpuinfo", "\u0000\n");
    assertThat(ThisMachine.facts(root)).isEqualTo(MachineFacts.NOT_KNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                    NO,  NO,  none",
    "la57,                  YES, NO,  none",
    "fred la57 hypervisor,  YES, YES, other",
    "la57x xfred,           NO,  NO,  none",
  })
  void takesWhatTheKernelUsesFromTheFlags(String flags, Fact la57, Fact fred, String hypervisor)
      throws IOException {
    flags(flags);
    MachineFacts facts = ThisMachine.facts(root);
    assertThat(facts.la57()).isEqualTo(la57);
    assertThat(facts.fred()).isEqualTo(fred);
    assertThat(facts.hypervisor()).isEqualTo(hypervisor);
  }

  @ParameterizedTest
  @CsvSource({"PV, xen-pv, YES", "HVM, xen, NO", "PVH, xen, NO", ", '', NOT_KNOWN"})
  void xenTellsWhichGuestItIs(String guest, String hypervisor, Fact pv) throws IOException {
    flags("hypervisor");
    write("sys/hypervisor/type", "xen\n");
    if (guest != null) {
      write("sys/hypervisor/guest_type", guest + "\n");
    }
    assertThat(ThisMachine.facts(root).hypervisor()).isEqualTo(hypervisor);
    assertThat(ThisMachine.facts(root).xenPv()).isEqualTo(pv);
  }

  @Test
  void keepsOfTheCommandLineOnlyWhatDecides() throws IOException {
    write("proc/sys/kernel/osrelease", "6.12.1-x\n");
    write(
        "proc/cmdline",
        "root=UUID=1 fred=on cryptdevice=secret no5lvl token=abc nohz_full=1-3,5 vsyscall=a;b audit=0\n");
    MachineFacts facts = ThisMachine.facts(root);
    assertThat(facts.kernelRelease()).isEqualTo("6.12.1-x");
    assertThat(facts.kernelParameters()).isEqualTo("fred=on no5lvl nohz_full=1-3,5 audit=0");
  }
}
