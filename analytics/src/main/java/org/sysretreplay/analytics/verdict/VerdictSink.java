package org.sysretreplay.analytics.verdict;

import java.io.IOException;
import org.sysretreplay.emulator.Verdict;

/** Takes the verdicts on the frames of one trace. */
public interface VerdictSink {

  /** Takes the next verdict, on the frame of that number. */
  void add(long seq, Verdict verdict) throws IOException;
}
