package org.sysretreplay.analytics.cli;

import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Work;
import org.sysretreplay.ingest.trace.Reading;
import picocli.CommandLine.Option;

/** The options on the machine that the judging kernel runs on, and on which registers it judges. */
final class MachineOptions {

  @Option(
      names = "--untraced",
      description =
          "Judge what the kernel would have done unobserved: recording the syscall events keeps"
              + " syscalls off the unchecked fast path (default: as traced).")
  private boolean untraced;

  @Option(
      names = "--seccomp",
      description =
          "The programs ran under a seccomp filter, as in containers (with --untraced: it keeps syscalls"
              + " off the fast path from 4.6 on).")
  private boolean seccomp;

  @Option(
      names = "--audit",
      description =
          "The kernel audits syscalls (with --untraced: it keeps them off the fast path from 4.0 on).")
  private boolean audit;

  @Option(
      names = "--nohz-full",
      description =
          "The programs ran on processors of nohz_full= (with --untraced: it keeps every syscall off the"
              + " fast path).")
  private boolean nohzFull;

  @Option(
      names = "--patched-fork-children",
      description =
          "A kernel before 4.0 has the fix of CVE-2015-2830, as stable 3.x kernels do: 64-bit children"
              + " of fork leave the fast path.")
  private boolean patchedForkChildren;

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
    return Machine.UNTRACED
        .with(Work.TRACING, !untraced)
        .with(Work.SECCOMP, seccomp)
        .with(Work.AUDIT, audit)
        .with(Work.NOHZ_FULL, nohzFull)
        .withLa57(la57)
        .withXenPv(xenPv)
        .withPatchedForkChildren(patchedForkChildren);
  }

  Reading reading() {
    return asRecorded ? Reading.AS_RECORDED : Reading.ASSEMBLED;
  }
}
