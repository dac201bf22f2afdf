package org.sysretreplay.analytics;

import java.util.List;
import org.sysretreplay.ingest.source.TraceInput;

/** Answers frame by frame, one trace after the other: what every engine has to come to. */
public final class Answers {

  private Answers() {}

  /** The sum of what each of the traces answers. */
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
