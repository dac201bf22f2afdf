package org.sysretreplay.analytics.spark;

import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.FrameView;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.RejectSummary;
import org.sysretreplay.analytics.Replay;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.ingest.spark.StoreSnapshot;
import org.sysretreplay.ingest.trace.Reading;

/** Puts a question to all frames of a store; only tallies leave a task. */
final class StoreReplay {

  private StoreReplay() {}

  static Answer answer(Question question, StoreSnapshot store) {
    TallyTable table =
        StoreScan.sum(
            new Scan(question),
            store.context(),
            store.parts(StoreScan.PART_BYTES),
            question.reading(),
            question.by());
    for (StoreSnapshot.Trace trace : store.traces()) {
      table.plus(new Replay(question, trace.workload(), trace.id()).table());
      table.addNanos(trace.workload(), trace.span().nanos());
    }
    return new Answer(table, intake(store, question.reading()));
  }

  /** What is done with the frames; a question's tallies. */
  record Scan(Question question) implements StoreScan.Work<Replay, TallyTable> {

    @Override
    public Replay begin(String workload, String traceId) {
      return new Replay(question, workload, traceId);
    }

    @Override
    public void add(Replay replay, FrameView frame, long count) {
      replay.add(frame, count);
    }

    @Override
    public TallyTable sum(Replay replay) {
      return replay.table();
    }

    @Override
    public TallyTable zero() {
      return new TallyTable();
    }

    @Override
    public TallyTable plus(TallyTable left, TallyTable right) {
      return left.plus(right);
    }
  }

  /** What became of the records when the traces were read. */
  static Intake intake(StoreSnapshot store, Reading reading) {
    RejectSummary summary = new RejectSummary();
    for (StoreSnapshot.RejectCount it : store.rejectCounts()) {
      summary.plus(it.first().reason(), new RejectSummary.Entry(it.count(), it.first()));
    }
    return new Intake(store.counts(reading), summary);
  }
}
