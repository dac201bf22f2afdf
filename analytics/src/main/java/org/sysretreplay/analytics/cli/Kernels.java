package org.sysretreplay.analytics.cli;

import java.util.Map;

/** Which kernel each trace was recorded on. */
interface Kernels {

  /** A kernel's release by the trace's id; an empty text where the trace does not say. */
  Map<String, String> releases();
}
