package org.sysretreplay.ingest.frames;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.io.LocalOutputFile;
import org.sysretreplay.emulator.ExitFrame;

/** Files of frames in row groups that are smaller than those of a store. */
public final class SmallRowGroups {

  private SmallRowGroups() {}

  /** Writes a file of frames; that many are put in order and encoded together. */
  public static void write(List<ExitFrame> frames, Path file, int groupRows) throws IOException {
    try (FrameFile to = new FrameFile(new LocalOutputFile(file), 1, groupRows)) {
      for (ExitFrame frame : frames) {
        to.add(frame);
      }
    }
  }
}
