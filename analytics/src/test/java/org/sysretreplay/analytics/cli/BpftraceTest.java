package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.bpf.Followed;
import org.sysretreplay.analytics.bpf.KernelCounts;

/** A bpftrace that does what the real one rarely does. */
class BpftraceTest {

  private static final long TIMEOUT_SECONDS = 30;

  @TempDir private Path folder;

  /** Misses the signal to end, and ends with the command that it runs. */
  private Bpftrace deaf() throws IOException {
    Path program =
        Files.writeString(
            folder.resolve("bpftrace"),
            """
            #!/bin/sh
            if [ "$1" = -q ]; then
              echo "1 0 0 0"
              exit
            fi
            trap '' TERM
            while [ "$1" != -c ]; do shift; done
            # As bpftrace does, the command takes signals.
            (trap - TERM; exec env --default-signal=TERM $2) &
            # Before it is that command, it would miss the signal as this script does.
            until [ "$(cat /proc/$!/comm)" = sleep ]; do :; done
            echo counting
            wait
            echo '{"type": "map", "data": {"@": {}}}'
            echo '{"type": "map", "data": {"@total": 0}}'
            """);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Surroundings surroundings =
        new Surroundings(List.of(folder), List.of(), Path.of("/"), "x", Optional.empty());
    Path sleep = Surroundings.ofThisProcess().program("sleep").orElseThrow();
    return new Bpftrace(program, sleep, surroundings);
  }

  @Test
  @Timeout(value = TIMEOUT_SECONDS, unit = TimeUnit.SECONDS)
  void endsAlsoWhereItMissesTheSignal() throws Exception {
    Bpftrace.Counting counting = deaf().count(new Followed.Everything(), 10);

    assertThat(counting.end()).isEqualTo(new KernelCounts(List.of(), 0));
  }

  /** In a container numbers of processes are not those that bpftrace knows. */
  @Test
  void refusesAContainersProcesses() throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.createDirectories(root.resolve("proc/self/ns"));
    Files.createSymbolicLink(root.resolve("proc/self/ns/pid"), Path.of("pid:[4026532001]"));
    Files.createDirectories(root.resolve("sys/kernel/btf"));
    Files.createFile(root.resolve("sys/kernel/btf/vmlinux"));
    Path program = Files.createFile(folder.resolve("bpftrace"));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Path sleep = Files.createFile(folder.resolve("sleep"));
    assertThat(sleep.toFile().setExecutable(true)).isTrue();

    assertThatThrownBy(
            () ->
                Bpftrace.find(
                    new Surroundings(List.of(folder), List.of(), root, "x", Optional.empty())))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("in a container; record from outside");
  }
}
