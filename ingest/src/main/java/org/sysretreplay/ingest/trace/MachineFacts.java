package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * The known facts about the machine that a trace was recorded on. An empty string is a fact that is
 * not known.
 *
 * @param la57 whether its kernel ran with 5-level paging
 * @param fred whether FRED was active
 * @param hypervisor {@value #NO_HYPERVISOR}, {@value #XEN_PV}, or the name of another
 * @param kernelRelease as {@code uname -r} prints it
 * @param kernelParameters the parameters on the kernel's command line that decide how it returns,
 *     separated by blanks
 */
public record MachineFacts(
    Fact la57, Fact fred, String hypervisor, String kernelRelease, String kernelParameters)
    implements Serializable {

  /** Stands for no hypervisor: the kernel ran on the machine itself. */
  public static final String NO_HYPERVISOR = "none";

  /** The hypervisor of a paravirtualised Xen guest. */
  public static final String XEN_PV = "xen-pv";

  /** A machine about which nothing is known. */
  public static final MachineFacts NOT_KNOWN =
      new MachineFacts(Fact.NOT_KNOWN, Fact.NOT_KNOWN, "", "", "");

  /** Whether the kernel was a paravirtualised Xen guest. */
  public Fact xenPv() {
    return hypervisor.isEmpty() ? Fact.NOT_KNOWN : Fact.of(hypervisor.equals(XEN_PV));
  }
}
