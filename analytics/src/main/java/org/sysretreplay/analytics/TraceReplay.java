package org.sysretreplay.analytics;

import java.util.Optional;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.PtRegs;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/** Puts a question to one trace file: the whole local path, and one task of the Spark path. */
public final class TraceReplay {

  private TraceReplay() {}

  /**
   * Reads the trace from its start to its end.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException where it cannot be read
   */
  public static Answer answer(Question question, TraceInput input) {
    Replay replay = new Replay(question, input.workload(), input.traceId());
    RejectSummary rejects = new RejectSummary();
    try (CountingReader reader = input.open(question.reading())) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          replay.add(new FrameObject(accepted.frame()));
        } else if (next instanceof Rejected rejected) {
          rejects.plus(rejected.reject());
        }
      }
      replay.table().addNanos(input.workload(), reader.span().nanos());
      return new Answer(replay.table(), new Intake(reader.counts(), rejects));
    }
  }

  /** A frame that is an object already. */
  private record FrameObject(ExitFrame frame) implements FrameView {
    @Override
    public EntryPath path() {
      return frame.path();
    }

    @Override
    public Optional<Cause> cause() {
      return frame.cause();
    }

    @Override
    public Stage stage() {
      return frame.assembly().stage();
    }

    @Override
    public PtRegs registers() {
      return frame.registers();
    }

    @Override
    public Object value(GroupColumn column) {
      return column.of(frame);
    }
  }
}
