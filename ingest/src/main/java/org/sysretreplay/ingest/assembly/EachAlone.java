package org.sysretreplay.ingest.assembly;

import java.util.function.Consumer;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/**
 * Events that tell nothing of those before them, so that every frame is early: those of a sampled
 * trace, in which a thread's next event is by chance only, and exits of system calls alone. That an
 * exit is a child's first return shows in the exit itself.
 */
final class EachAlone implements SampleSink {

  private final Consumer<TraceRecord> to;
  private long frames;

  EachAlone(Consumer<TraceRecord> to) {
    this.to = to;
  }

  @Override
  public void take(Sample sample, TraceRecord record) {
    to.accept(record instanceof Accepted exit ? Numbered.alone(exit, frames++) : record);
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
