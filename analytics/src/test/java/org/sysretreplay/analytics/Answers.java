package org.sysretreplay.analytics;

import java.util.List;
import org.sysretreplay.ingest.source.TraceInput;

/**
 * Reference answers, made frame by frame and one trace after the other, which every engine must
 * equal.
 */
public final class Answers {

  private Answers() {}

  /** The sum of the answers of all traces. */
  public static <T> Answer<T> sum(Fold<T> question, List<TraceInput> traces) {
    return traces.stream()
        .map(it -> TraceReplay.answer(question, it))
        .reduce(
            new Answer<>(question.zero(), Intake.zero()),
            (left, right) ->
                new Answer<>(
                    question.merge(left.table(), right.table()),
                    left.intake().plus(right.intake())));
  }
}
