package org.sysretreplay.ingest.jsonl;

import java.nio.file.Path;
import org.sysretreplay.ingest.text.FrameTextReader;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;

/** Reads JSON lines as {@link JsonLinesReader} does, but takes no line for a plain one. */
public final class StrictJsonLinesReader extends FrameTextReader {

  public StrictJsonLinesReader(Path path) {
    super(NamedFile.of(path), Lines::new);
  }

  private static final class Lines extends JsonLineParser {

    private Lines(String source) {
      super(source, Reading.ASSEMBLED);
    }

    @Override
    protected void parse(byte[] line, int start, int end) {
      readStrictly(line, start, end);
    }
  }
}
