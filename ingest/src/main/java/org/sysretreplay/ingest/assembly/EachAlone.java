package org.sysretreplay.ingest.assembly;

import java.util.function.Consumer;
import org.sysretreplay.emulator.ExitFrame;
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
    to.accept(record instanceof Accepted exit ? alone(exit) : record);
  }

  /** Most frames are early as they come, and need no copy (benchmark process/check-exits-only). */
  private TraceRecord alone(Accepted exit) {
    return CallExit.isOfNewTask(exit.frame())
        ? child(exit.frame())
        : Numbered.early(exit, frames++);
  }

  private TraceRecord child(ExitFrame frame) {
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
