package org.sysretreplay.analytics.cli;

import java.util.Set;

/**
 * How a recorder ended.
 *
 * @param exit its exit code, which is a command's own unless the recorder failed; 128 and the
 *     signal's number where a signal ended it
 * @param wasTold whether it was told to end, as its time was over or this process was told to stop
 */
record RecorderEnd(int exit, boolean wasTold) {

  /** A process that a signal ended has this exit code and the signal's number. */
  static final int SIGNAL_EXIT = 128;

  /** The signals that end perf in order, and that it sends to itself at its end: INT and TERM. */
  private static final Set<Integer> ENDING_SIGNALS = Set.of(2, 15);

  /** Whether a signal ended it that ends perf in order. */
  boolean isBySignal() {
    return ENDING_SIGNALS.contains(exit - SIGNAL_EXIT);
  }
}
