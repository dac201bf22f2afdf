package org.sysretreplay.analytics.verdict;

import java.util.List;
import java.util.Optional;
import org.sysretreplay.analytics.Fold;
import org.sysretreplay.analytics.FrameSink;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * A question to frames that are judged one by one later: what they show of their machines, and
 * which inputs can be judged. Exits that were counted together have no verdict each, so such traces
 * are refused.
 */
public record VerdictLook(Question question) implements Fold<TallyTable> {

  @Override
  public Reading reading() {
    return question.reading();
  }

  @Override
  public List<GroupColumn> by() {
    return question.by();
  }

  @Override
  public Optional<TraceException> complaint(String source) {
    return Optional.of(Verdicts.counted(source));
  }

  @Override
  public TallyTable zero() {
    return question.zero();
  }

  @Override
  public FrameSink<TallyTable> begin(String workload, String traceId) {
    return question.begin(workload, traceId);
  }

  @Override
  public void note(TallyTable table, String workload, String traceId, long nanos) {
    question.note(table, workload, traceId, nanos);
  }

  @Override
  public TallyTable merge(TallyTable left, TallyTable right) {
    return question.merge(left, right);
  }
}
