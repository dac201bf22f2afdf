package org.sysretreplay.analytics.cli;

import org.sysretreplay.analytics.TooManyGroupsException;
import org.sysretreplay.analytics.UnreadableException;
import org.sysretreplay.analytics.WorkersException;
import org.sysretreplay.analytics.choice.ChoiceException;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells what went wrong while a command ran. A class and not a lambda, as {@link LocalPath}: the
 * JVM archives no class of picocli, which is compiled for an old Java, that a lambda implements.
 */
final class ToldErrors implements IExecutionExceptionHandler {

  private static final String FEWER_GROUPS =
      "ask --by fewer columns or for fewer models, or name a --master whose processes have more memory"
          + " (--conf spark.driver.memory, spark.executor.memory).";

  private final Messages messages;

  ToldErrors(Messages messages) {
    this.messages = messages;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return told(e);
  }

  /**
   * Tells the user what went wrong; gives the exit code. The causes are searched because Spark
   * wraps the failure of a task.
   */
  int told(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof TraceException) {
        messages.error(cause.getMessage());
        return ExitCode.INPUT;
      }
      if (cause instanceof UnreadableException all) {
        all.sentences().forEach(messages::error);
        return ExitCode.INPUT;
      }
      if (cause instanceof ChoiceException choice) {
        messages.error(choice.sentence().onCommandLine());
        return ExitCode.USAGE;
      }
      if (cause instanceof TooManyGroupsException) {
        messages.error(cause.getMessage() + "; " + FEWER_GROUPS);
        return ExitCode.USAGE;
      }
      if (cause instanceof OutputException
          || cause instanceof UsageException
          || cause instanceof WorkersException) {
        messages.error(cause.getMessage());
        return ExitCode.USAGE;
      }
    }
    messages.bug(e);
    return ExitCode.BUG;
  }
}
