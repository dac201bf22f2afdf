package org.sysretreplay.ingest;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * A trace file that is going to be read.
 *
 * @param file the file as the user named it
 * @param workload what it is counted under
 * @param traceId names the trace within its workload; the same file always gets the same id
 */
public record TraceInput(String file, TraceFormat format, String workload, String traceId)
    implements Serializable {

  /**
   * Opens the file and counts what it gives.
   *
   * @throws TraceException where its header cannot be read
   */
  public CountingReader open(Reading reading) {
    return new CountingReader(format.open(Path.of(file), reading));
  }
}
