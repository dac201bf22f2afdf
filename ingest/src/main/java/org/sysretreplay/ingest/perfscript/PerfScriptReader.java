package org.sysretreplay.ingest.perfscript;

import java.nio.file.Path;
import org.sysretreplay.ingest.text.SampleTextReader;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Reads {@code perf script -F comm,pid,tid,cpu,time,event,trace,uregs}, with or without {@code
 * --ns} and {@code --header}. FORMATS.md has the layout of a line.
 */
public final class PerfScriptReader extends SampleTextReader {

  public PerfScriptReader(Path path, Reading reading) {
    super(path, reading, ScriptLineParser::new);
  }
}
