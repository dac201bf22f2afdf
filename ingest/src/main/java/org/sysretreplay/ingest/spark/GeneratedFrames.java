package org.sysretreplay.ingest.spark;

import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.frames.FrameFile;
import org.sysretreplay.ingest.generate.FrameGenerator;
import org.sysretreplay.ingest.generate.GeneratedTrace;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.TimeSpan;
import org.sysretreplay.ingest.trace.TraceHeader;

/** Writes the frames of generated traces. */
final class GeneratedFrames {

  /** What {@code traces} names as the format of a generated trace. */
  static final String FORMAT = "generated";

  private GeneratedFrames() {}

  /** Writes all frames of the trace, counted as if they had been read. */
  static Read write(GeneratedTrace trace, OutputFile target) throws IOException {
    long accepted = 0;
    long inKernel = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    try (FrameFile file = new FrameFile(target, 1)) {
      FrameGenerator frames = trace.open();
      while (frames.hasNext()) {
        ExitFrame frame = frames.next();
        file.add(frame);
        // Frames are generated in the order of time, and all have one.
        first = Math.min(first, frame.timeNanos().orElseThrow());
        last = frame.timeNanos().orElseThrow();
        if (frame.assembly().stage() == Stage.IN_KERNEL) {
          inKernel++;
        } else {
          accepted++;
        }
      }
    }
    Counts counts = new Counts(trace.frames(), accepted, 0, inKernel, 0);
    return new Read(TraceHeader.EMPTY, counts, inKernel, new TimeSpan(first, last));
  }
}
