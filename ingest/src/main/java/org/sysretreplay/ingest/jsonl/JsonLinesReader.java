package org.sysretreplay.ingest.jsonl;

import org.sysretreplay.ingest.text.FrameTextReader;
import org.sysretreplay.ingest.text.TextPart;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;

/** Reads one JSON object a line; FORMATS.md lists the fields. Unknown fields are ignored. */
public final class JsonLinesReader extends FrameTextReader {

  /** Reads every line as a frame; {@code reading} only decides how sure it is said to be. */
  public JsonLinesReader(NamedFile file, Reading reading) {
    this(file, reading, TextPart.ALL);
  }

  /** Reads the lines of a part of the file. */
  public JsonLinesReader(NamedFile file, Reading reading, TextPart part) {
    super(file, source -> new JsonLineParser(source, reading), part);
  }
}
