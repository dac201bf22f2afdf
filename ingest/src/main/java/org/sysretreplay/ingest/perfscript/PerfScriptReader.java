package org.sysretreplay.ingest.perfscript;

import org.sysretreplay.ingest.text.SampleTextReader;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Reads {@code perf script -F comm,pid,tid,cpu,time,event,trace,uregs}, with or without {@code
 * --ns} and {@code --header}. FORMATS.md has the layout of a line.
 */
public final class PerfScriptReader extends SampleTextReader {

  public PerfScriptReader(NamedFile file, Reading reading) {
    super(file, reading, ScriptLineParser::new);
  }
}
