package org.sysretreplay.spark;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sysretreplay.analytics.TooManyGroupsException;
import org.sysretreplay.analytics.UnreadableException;
import org.sysretreplay.analytics.WorkersException;
import org.sysretreplay.analytics.choice.ChoiceException;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;

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

  private static SysretReplayException toldAs(RuntimeException ours, String sentence) {
    LOG.debug("The question was not answered", ours);
    return new SysretReplayException(sentence);
  }
}
