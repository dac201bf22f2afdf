package org.sysretreplay.analytics.verdict;

import java.io.Closeable;
import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.sysretreplay.emulator.Verdict;

/** Writes the verdicts of one trace. */
interface VerdictWriter extends Closeable {

  static VerdictWriter of(VerdictFormat format, OutputFile target, String traceId)
      throws IOException {
    return switch (format) {
      case PARQUET -> new ParquetVerdicts(target, traceId);
      case JSONL -> new JsonVerdicts(target, traceId);
    };
  }

  /** Takes the next verdict, on the frame of that number. */
  void add(long seq, Verdict verdict) throws IOException;
}
