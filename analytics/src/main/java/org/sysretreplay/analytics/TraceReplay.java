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

/** Puts a question to one trace file, frame by frame. */
public final class TraceReplay {

  private TraceReplay() {}

  /**
   * Reads the trace from its start to its end.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException where it cannot be read
   */
  public static <T> Answer<T> answer(Fold<T> question, TraceInput input) {
    MachineSignSink<T> replay =
        new MachineSignSink<>(question.begin(input.workload(), input.traceId()), input.traceId());
    FrameCoalescer frames = new FrameCoalescer(question, replay);
    RejectSummary rejects = new RejectSummary();
    try (CountingReader reader = input.open(question.reading())) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          ExitFrame frame = accepted.frame();
          if (frame.count() > 1) {
            question.checkCounted(input.file());
          }
          frames.add(frame);
        } else if (next instanceof Rejected rejected) {
          rejects.plus(rejected.reject());
        }
      }
      frames.flush();
      T table = replay.table();
      if (question.byAddress()) {
        question.locate(table, input.traceId(), reader.maps());
      }
      question.note(table, input.workload(), input.traceId(), reader.span().nanos());
      Intake intake = Intake.of(input, reader.counts(), rejects);
      return new Answer<>(table, intake.with(replay.signs()).with(sampled(reader, input)));
    }
  }

  /** What of the frames was sampled, once all were read. */
  public static SampledWorkloads sampled(CountingReader reader, TraceInput input) {
    return SampledWorkloads.of(
        input.workload(), reader.header().sampling(), reader.counts().exits());
  }

  /** The view of a frame that was read as an object. */
  record FrameObject(ExitFrame frame) implements FrameView {
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
    public long address() {
      return frame.registers().rip();
    }

    @Override
    public Object value(GroupColumn column) {
      return column.of(frame);
    }
  }
}
