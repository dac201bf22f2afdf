package org.sysretreplay.spark.source;

import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import scala.Option;
import scala.collection.immutable.Map$;

/** A query that cannot be planned, as Spark tells its users of it. */
final class Refusal {

  private Refusal() {}

  /** Throws Spark's exception with one sentence of ours. */
  static RuntimeException of(String sentence) {
    return of(sentence, null);
  }

  /** Throws Spark's exception with the sentence of one of ours. */
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

  /** Spark declares it as checked, and throws it where nothing is declared. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchecked(Throwable exception) throws E {
    throw (E) exception;
  }
}
