package org.sysretreplay.analytics.report;

import java.util.Locale;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;

/** How {@code frames} is asked for the frames of a cause. */
public final class CauseFilter {

  private CauseFilter() {}

  /** Whether frames have this cause themselves; else it is the machine's, and no frame shows it. */
  public static boolean isOfFrames(Cause cause) {
    return cause != Cause.XEN_PV_GUEST;
  }

  /** The option of {@code frames} with its value: the cause, or the check that fails for it. */
  public static String option(Cause cause) {
    return isOfFrames(cause)
        ? "--cause " + cause.key()
        : "--reason " + MissReason.XEN_PV_GUEST.name().toLowerCase(Locale.ROOT);
  }
}
