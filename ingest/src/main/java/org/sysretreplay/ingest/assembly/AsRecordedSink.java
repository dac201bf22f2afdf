package org.sysretreplay.ingest.assembly;

import java.util.function.Consumer;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/** Takes every event by itself: numbers the frames, and changes nothing else about them. */
final class AsRecordedSink implements SampleSink {

  private final Consumer<TraceRecord> to;
  private long frames;

  AsRecordedSink(Consumer<TraceRecord> to) {
    this.to = to;
  }

  @Override
  public void take(Sample sample, TraceRecord record) {
    to.accept(record instanceof Accepted exit ? Numbered.early(exit, frames++) : record);
  }

  @Override
  public void pass(TraceRecord record) {
    to.accept(record);
  }

  @Override
  public void end() {
    // Nothing is held back.
  }
}
