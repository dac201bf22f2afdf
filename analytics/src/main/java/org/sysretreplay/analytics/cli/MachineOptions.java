package org.sysretreplay.analytics.cli;

import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;
import picocli.CommandLine.Option;

/** The options that say what the judging kernel runs on, and which registers it judges. */
final class MachineOptions {

  @Option(
      names = "--untraced",
      description =
          "Judge what the kernel would have done unobserved: recording the syscall events keeps"
              + " syscalls off the unchecked fast path (default: as traced).")
  private boolean untraced;

  @Option(
      names = "--la57",
      description = "The kernel runs with 5-level paging (default: as recorded).")
  private boolean la57;

  @Option(
      names = "--xen-pv",
      description = "The kernel is a paravirtualised Xen guest (default: as recorded).")
  private boolean xenPv;

  @Option(
      names = "--as-recorded",
      description =
          "Judge each event's registers exactly as it carried them, without a look at what the thread"
              + " did next.")
  private boolean asRecorded;

  Machine machine() {
    return new Machine(!untraced, la57, xenPv);
  }

  Reading reading() {
    return asRecorded ? Reading.AS_RECORDED : Reading.ASSEMBLED;
  }
}
