package org.sysretreplay.spark;

import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sysretreplay.analytics.TooManyGroupsException;
import org.sysretreplay.analytics.UnreadableException;
import org.sysretreplay.analytics.WorkersException;
import org.sysretreplay.analytics.choice.ChoiceException;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.spark.engine.SparkWorkers;

/**
 * Turns the exceptions of this program into {@link SysretReplayException}; all others are bugs, and
 * stay as they are.
 */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(SysretReplayException.class);

  private static final String FEWER_GROUPS =
      "ask by(...) fewer columns or for fewer models(...), or give the session's driver and executors"
          + " more memory (spark.driver.memory, spark.executor.memory).";

  private Failures() {}

  /**
   * Does the work.
   *
   * @throws SysretReplayException with a sentence, if it cannot be done
   */
  static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (TraceException
        | OutputException
        | ChoiceException
        | UnreadableException
        | WorkersException e) {
      throw toldAs(e, e.getMessage());
    } catch (TooManyGroupsException e) {
      throw toldAs(e, e.getMessage() + "; " + FEWER_GROUPS);
    }
  }

  /**
   * Does work that loads our data sources, which refuse with Spark's exception and our sentence.
   *
   * @throws SysretReplayException with a sentence, if it cannot be done
   */
  static <T> T toldOfTables(Supplier<T> work) {
    try {
      return told(work);
    } catch (Exception e) {
      // Scala throws checked exceptions without declaring them.
      if (e instanceof AnalysisException) {
        throw toldAs(e, e.getMessage());
      }
      throw e;
    }
  }

  /**
   * Does work for which Spark computes rows, of any query.
   *
   * @throws SysretReplayException with a sentence, if it cannot be done or Spark fails
   */
  static <T> T toldOfRows(Supplier<T> work) {
    try {
      return told(work);
    } catch (Exception e) {
      // Scala throws checked exceptions without declaring them.
      if (e instanceof SparkThrowable) {
        throw toldAs(e, ofSpark(e));
      }
      throw e;
    }
  }

  /** The sentence of ours that made Spark fail, or else the first line of Spark's own reason. */
  private static String ofSpark(Throwable failure) {
    Throwable reason = failure;
    for (Throwable it = failure; it != null; it = it.getCause()) {
      if (it instanceof TraceException || it instanceof OutputException) {
        return it.getMessage();
      }
      reason = it instanceof SparkThrowable ? it : reason;
    }
    return "the rows cannot be computed: " + SparkWorkers.firstLine(reason) + "; check the query.";
  }

  private static SysretReplayException toldAs(Exception cause, String sentence) {
    LOG.debug("The question was not answered", cause);
    return new SysretReplayException(sentence);
  }
}
