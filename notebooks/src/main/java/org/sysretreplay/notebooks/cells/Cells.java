package org.sysretreplay.notebooks.cells;

import java.io.File;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;
import jdk.jshell.execution.LocalExecutionControlProvider;
import org.sysretreplay.spark.SysretReplayException;

/**
 * Runs cells of Java in this JVM, one after another; declarations of a cell are visible in the next
 * ones. Another thread may stop the running cell.
 */
public final class Cells implements AutoCloseable {

  /** The value of a cell's last expression; JShell itself only returns it as text. */
  private static final AtomicReference<Object> LAST = new AtomicReference<>();

  private static final String STOPPED = "this was stopped";
  private static final int MOST_STOPS = 300;
  private static final long PAUSE_NANOS = 100_000_000;

  private final JShell shell =
      JShell.builder().executionEngine(new LocalExecutionControlProvider(), Map.of()).build();

  /** Guards which cell runs: a stop that was meant for one must not meet the next. */
  private final Object turn = new Object();

  /** Stands for the running cell; null if none runs. */
  private Object running;

  /** Kept here because JShell does not tell a stopped snippet from one that has ended. */
  private volatile boolean stopped;

  /** Cells that can use the classes of this JVM. */
  public Cells() {
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .forEach(shell::addToClasspath);
  }

  /** Keeps the value of an expression; called by code that {@link #run} adds to a cell. */
  public static void keep(Object value) {
    LAST.set(value);
  }

  /**
   * Runs a cell.
   *
   * @return the value of its last expression; null if it ends with something else
   * @throws CellException if it cannot be compiled or throws
   */
  public Object run(String cell) {
    turnTo(new Object());
    try {
      Object last = lastOf(cell);
      if (stopped) {
        throw new CellException(new Place(cell, cell.length()).said(0, STOPPED));
      }
      return last;
    } finally {
      turnTo(null);
    }
  }

  private void turnTo(Object cell) {
    synchronized (turn) {
      running = cell;
      stopped = false;
    }
  }

  private Object lastOf(String cell) {
    String left = cell.stripLeading();
    Snippet last = null;
    while (true) {
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(left);
      if (next.completeness() == Completeness.EMPTY) {
        return last == null ? null : value(last);
      }
      last = eval(next, new Place(cell, cell.length() - left.length()));
      // JShell counts lines from the beginning of a snippet's text.
      left = next.remaining().stripLeading();
    }
  }

  /** Stops the running cell, which then ends with an exception; returns when it has ended. */
  public void stop() {
    Object cell;
    synchronized (turn) {
      cell = running;
    }
    // JShell only stops a running snippet, so it is asked again while the snippet is being
    // compiled.
    for (int i = 0; stopIfRunning(cell) && i < MOST_STOPS; i++) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Asks JShell to stop that cell if it still runs, and says whether it does. */
  private boolean stopIfRunning(Object cell) {
    synchronized (turn) {
      if (cell == null || running != cell) {
        return false;
      }
      stopped = true;
      shell.stop();
      return true;
    }
  }

  private Snippet eval(CompletionInfo next, Place place) {
    if (!next.completeness().isComplete()) {
      throw new CellException(place.said(0, "this is not complete"));
    }
    SnippetEvent done = null;
    for (SnippetEvent event : shell.eval(next.source())) {
      fail(event, place);
      done = event.causeSnippet() == null ? event : done;
    }
    return Objects.requireNonNull(done).snippet();
  }

  private void fail(SnippetEvent event, Place place) {
    if (stopped) {
      throw new CellException(place.said(0, STOPPED));
    }
    if (event.status() == Snippet.Status.REJECTED) {
      throw new CellException(
          shell
              .diagnostics(event.snippet())
              .filter(Diag::isError)
              .map(it -> place.said((int) it.getPosition(), it.getMessage(null)))
              .collect(Collectors.joining("\n")));
    }
    if (event.exception() != null) {
      throw new CellException(place.saidOf(event.snippet(), event.exception()));
    }
  }

  /** The value of an expression; JShell keeps it in a variable, and makes one if there is none. */
  private Object value(Snippet last) {
    String name = variable(last);
    if (name == null) {
      return null;
    }
    shell.eval("%s.keep(%s);".formatted(Cells.class.getName(), name));
    return LAST.getAndSet(null);
  }

  private static String variable(Snippet snippet) {
    if (snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
      return ((VarSnippet) snippet).name();
    }
    return snippet instanceof ExpressionSnippet it ? it.name() : null;
  }

  @Override
  public void close() {
    shell.close();
  }

  /** The offset in a cell at which a snippet begins. */
  private record Place(String cell, int offset) {

    /** A message with its line, and a mark below the character. */
    String said(int position, String message) {
      int at = Math.min(offset + position, cell.length());
      int begin = cell.lastIndexOf('\n', at - 1) + 1;
      String line = cell.substring(begin).lines().findFirst().orElse("");
      return "line %d: %s%n  %s%n  %s^"
          .formatted(number(at), message, line, " ".repeat(at - begin));
    }

    /** The message of an exception, with the line of the snippet that threw it. */
    String saidOf(Snippet snippet, JShellException thrown) {
      String in = "#" + snippet.id();
      return Stream.of(thrown.getStackTrace())
          .filter(it -> in.equals(it.getFileName()))
          .findFirst()
          .map(it -> "line %d: ".formatted(number(offset) + it.getLineNumber() - 1))
          .orElse("")
          .concat(words(thrown));
    }

    private long number(int at) {
      return 1 + cell.substring(0, at).chars().filter(it -> it == '\n').count();
    }

    private static String words(JShellException thrown) {
      String message = CellException.words(Objects.toString(thrown.getMessage(), ""));
      if (!(thrown instanceof EvalException it)) {
        return message;
      }
      // This exception's message is a complete sentence.
      boolean ours = it.getExceptionClassName().equals(SysretReplayException.class.getName());
      return ours ? message : it.getExceptionClassName() + ": " + message;
    }
  }
}
