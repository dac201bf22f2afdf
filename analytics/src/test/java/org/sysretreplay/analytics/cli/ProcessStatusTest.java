package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel says of a process. */
class ProcessStatusTest {

  @TempDir Path root;

  @Test
  void isReadWhateverTheNameOfTheProcess() throws IOException {
    ProcessStatus status =
        status(
            "Name:\tT\u00ff:\nState:\tT (stopped)\nTgid:\t41\nUid:\t1000\t0\t0\t0\n"
                + "SigCgt:\t0000000000000800\nCapEff:\t000001ffffffffff\n");
    assertThat(status.isStopped()).isTrue();
    assertThat(status.process()).contains(41L);
    assertThat(status.isRoot()).contains(true);
    assertThat(status.catches(12)).isTrue();
    assertThat(status.catches(11)).isFalse();
    assertThat(status.capabilities()).contains(0x1ffffffffffL);
  }

  @Test
  void ofWhoRunsAndMayNothing() throws IOException {
    ProcessStatus status =
        status("State:\tR (running)\nTgid:\t7\nUid:\t0\t1000\t0\t0\nSigCgt:\t0\nCapEff:\t0\n");
    assertThat(status.isStopped()).isFalse();
    assertThat(status.isRoot()).contains(false);
    assertThat(status.catches(12)).isFalse();
    assertThat(status.capabilities()).contains(0L);
  }

  @Test
  void saysNothingOfNobody() {
    ProcessStatus status = ProcessStatus.of(8, root);
    assertThat(status.isStopped()).isFalse();
    assertThat(status.process()).isEmpty();
    assertThat(status.isRoot()).isEmpty();
    assertThat(status.capabilities()).isEmpty();
  }

  @Test
  void ofThisProcessIsTheKernels() {
    assertThat(ProcessStatus.ofThis(Path.of("/")).process())
        .contains(ProcessHandle.current().pid());
  }

  private ProcessStatus status(String text) throws IOException {
    Path folder = Files.createDirectories(root.resolve("proc/7"));
    Files.write(folder.resolve("status"), text.getBytes(StandardCharsets.ISO_8859_1));
    return ProcessStatus.of(7, root);
  }
}
