package org.sysretreplay.ingest.trace;

import java.util.regex.Pattern;

/**
 * Refuses recordings of other machines than x86-64. There the same bits of a register mask mean
 * other registers, so that their frames would be judged wrongly and silently.
 */
public final class Architecture {

  private static final String X86_64 = "x86_64";
  private static final Pattern X86_32 = Pattern.compile("i[3-6]86");
  private static final int SHOWN_LENGTH = 40;
  private static final String RECORD_ON_X86_64 = "record on x86-64";

  private Architecture() {}

  /**
   * Makes sure that a trace does not come from another machine.
   *
   * @param source the file as the user named it
   * @param arch as {@code uname -m} printed it there; empty where the trace does not say
   * @throws TraceException if it does
   */
  public static void check(String source, String arch) {
    if (!arch.isEmpty() && !arch.equals(X86_64)) {
      throw TraceException.of(
          source,
          "it was recorded on %s, and only exits of x86-64 can be judged".formatted(shown(arch)),
          X86_32.matcher(arch).matches()
              ? RECORD_ON_X86_64 + " with a 64-bit kernel, and not under linux32"
              : RECORD_ON_X86_64);
    }
  }

  /**
   * The error of a trace that does not name its machine, but has registers of another one.
   *
   * @param source the file as the user named it
   * @param mask which registers were recorded, as perf numbers them
   */
  public static TraceException otherRegisters(String source, long mask) {
    return TraceException.of(
        source,
        "its samples hold registers that x86-64 does not have (sample_regs_user is 0x%x), so it was"
                .formatted(mask)
            + " recorded on another machine",
        RECORD_ON_X86_64);
  }

  private static String shown(String arch) {
    return Printable.line(arch.substring(0, Math.min(arch.length(), SHOWN_LENGTH)));
  }
}
