package org.sysretreplay.ingest.assembly;

import java.util.function.Consumer;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/**
 * The events of a sampled trace. A thread's next event is in it by chance only and tells nothing of
 * the one before, so that every frame is early; that a system call's exit is a child's first return
 * shows in the exit itself.
 */
final class EachAlone implements SampleSink {

  private final Consumer<TraceRecord> to;
  private long frames;

  EachAlone(Consumer<TraceRecord> to) {
    this.to = to;
  }

  @Override
  public void take(Sample sample, TraceRecord record) {
    to.accept(record instanceof Accepted exit ? alone(exit.frame()) : record);
  }

  private TraceRecord alone(ExitFrame frame) {
    CallExit exit = new CallExit(frame, null);
    OpenFrame open =
        new OpenFrame(
            frame, frames++, exit.entry(), exit.path(false), exit.syscall(), false, false);
    open.close(false);
    return open.record();
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
