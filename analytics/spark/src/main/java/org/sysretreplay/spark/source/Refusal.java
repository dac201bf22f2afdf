package org.sysretreplay.spark.source;

import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import scala.Option;
import scala.collection.immutable.Map$;

/** Spark's exception for a query that cannot be planned. */
final class Refusal {

  private Refusal() {}

  /** Throws Spark's exception with this sentence. */
  static RuntimeException of(String sentence) {
    return of(sentence, null);
  }

  /** Throws Spark's exception with the sentence of the cause. */
  static RuntimeException of(RuntimeException cause) {
    return of(cause.getMessage(), cause);
  }

  private static RuntimeException of(String sentence, Throwable cause) {
    throw Refusal.<RuntimeException>unchecked(
        new AnalysisException(
            sentence,
            Option.empty(),
            Option.empty(),
            Option.apply(cause),
            Option.empty(),
            Map$.MODULE$.empty(),
            new QueryContext[0]));
  }

  /** The exception is checked, but Spark throws it from methods that do not declare it. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchecked(Throwable exception) throws E {
    throw (E) exception;
  }
}
