package org.sysretreplay.analytics.verdict;

import java.io.Closeable;
import java.io.IOException;
import org.apache.parquet.io.OutputFile;

/** Writes the verdicts of one trace. */
interface VerdictWriter extends VerdictSink, Closeable {

  static VerdictWriter of(VerdictFormat format, OutputFile target, String traceId)
      throws IOException {
    return switch (format) {
      case PARQUET -> new ParquetVerdicts(target, traceId);
      case JSONL -> new JsonVerdicts(target, traceId);
    };
  }
}
