package org.sysretreplay.ingest.ftrace;

import org.sysretreplay.ingest.text.SampleTextReader;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Reads what ftrace prints of probe events that carry the registers as fields: the files {@code
 * trace} and {@code trace_pipe} of tracefs, and {@code trace-cmd report}. FORMATS.md has the events
 * and the layout of a line.
 */
public final class FtraceReader extends SampleTextReader {

  public FtraceReader(NamedFile file, Reading reading) {
    super(file, reading, FtraceLineParser::new);
  }
}
