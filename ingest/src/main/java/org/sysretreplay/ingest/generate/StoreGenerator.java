package org.sysretreplay.ingest.generate;

import java.io.IOException;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.store.TracePartsWriter;
import org.sysretreplay.ingest.store.TraceRow;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.store.TraceStore.Written;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Odometer;
import org.sysretreplay.ingest.trace.TimeSpan;

/** Writes generated traces to a store. */
public final class StoreGenerator {

  /** Progress is counted in steps of so many frames. */
  private static final int STEP = 1 << 12;

  private StoreGenerator() {}

  /**
   * Writes the part files of a trace, which nobody sees before they are published.
   *
   * @return the row to {@link TraceStore#publish}, under the name of the {@link Generation#unit}
   * @throws org.sysretreplay.ingest.trace.OutputException if the store cannot be written
   */
  public static TraceRow write(GeneratedTrace trace, TraceStore store) {
    return store.write(
        trace.workload(),
        trace.traceId(),
        trace.source(),
        TraceRow.GENERATED,
        parts -> writeFrames(trace, parts));
  }

  /** Writes all frames of the trace, counted as if they had been read. */
  private static Written writeFrames(GeneratedTrace trace, TracePartsWriter parts)
      throws IOException {
    long accepted = 0;
    long inKernel = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    FrameGenerator frames = trace.open();
    while (frames.hasNext()) {
      ExitFrame frame = frames.next();
      parts.add(frame);
      if (frame.seq() % STEP == 0) {
        Odometer.FRAMES_MADE.add(STEP);
      }
      // Frames come in the order of time; those of a recording without times have none.
      if (frame.timeNanos().isPresent()) {
        first = Math.min(first, frame.timeNanos().getAsLong());
        last = frame.timeNanos().getAsLong();
      }
      if (frame.assembly().stage() == Stage.IN_KERNEL) {
        inKernel++;
      } else {
        accepted++;
      }
    }
    Counts counts = new Counts(trace.frames(), accepted, 0, inKernel, 0);
    return new Written(counts, inKernel, new TimeSpan(first, last));
  }
}
