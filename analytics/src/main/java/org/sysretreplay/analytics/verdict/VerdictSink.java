package org.sysretreplay.analytics.verdict;

import java.io.IOException;
import org.sysretreplay.emulator.Verdict;

/** Receives the verdicts on the frames of one trace. */
public interface VerdictSink {

  /**
   * Receives the next verdict.
   *
   * @param seq the frame's number
   */
  void add(long seq, Verdict verdict) throws IOException;
}
