package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether this process may record the kernel's events, as far as the kernel says.
 *
 * @param root the folder that holds {@code proc}
 */
record PerfPermission(Path root) {

  /** CAP_SYS_ADMIN, and CAP_PERFMON of Linux 5.8 and later, by their numbers (capabilities(7)). */
  private static final long ENOUGH = 1L << 21 | 1L << 38;

  /** From this value of kernel.perf_event_paranoid on anybody may record everything. */
  private static final int ANYBODY = -1;

  /** What perf is likely to be refused, and the least that serves; empty where it is not. */
  Optional<String> complaint(Path perf) {
    Optional<Integer> paranoid = paranoid();
    if (paranoid.isEmpty() || paranoid.get() <= ANYBODY || hasEnough()) {
      return Optional.empty();
    }
    return Optional.of(
        "kernel.perf_event_paranoid is %d and this process has not CAP_PERFMON, so that perf may be refused; the least that serves: setcap cap_perfmon+ep %s, by root."
            .formatted(paranoid.get(), perf));
  }

  private Optional<Integer> paranoid() {
    return read("proc/sys/kernel/perf_event_paranoid")
        .map(String::strip)
        .filter(it -> it.matches("-?\\d{1,4}"))
        .map(Integer::valueOf);
  }

  /** Also where nothing says so. */
  private boolean hasEnough() {
    return ProcessStatus.ofThis(root).capabilities().map(it -> (it & ENOUGH) != 0).orElse(true);
  }

  private Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(root.resolve(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
