package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTargetTest {

  @TempDir private Path root;

  /** The name becomes that of files. */
  @ParameterizedTest
  @CsvSource({"web shop, web shop", "kworker/0:1, kworker_0:1", "'', process-7", "'  ', process-7"})
  void aProcessIsCalledWhatAFileMayBeCalled(String comm, String name) throws IOException {
    Path proc = Files.createDirectories(root.resolve("proc/7"));
    Files.writeString(proc.resolve("comm"), comm + "\n");

    assertThat(RecordTarget.Processes.find(List.of(7L), root).name()).isEqualTo(name);
  }
}
