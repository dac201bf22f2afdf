package org.sysretreplay.notebooks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.LocalExecutionControlProvider;

/** Runs cells of Java in this JVM, as the kernel does in its own. */
public final class Cells implements AutoCloseable {

  /** What the last expression of a cell came to: JShell only hands out text. */
  private static final AtomicReference<Object> LAST = new AtomicReference<>();

  private final JShell shell =
      JShell.builder().executionEngine(new LocalExecutionControlProvider(), Map.of()).build();

  Cells() {
    for (String entry : System.getProperty("java.class.path").split(":")) {
      shell.addToClasspath(entry);
    }
  }

  /** Keeps what an expression came to; called by the cells. */
  public static <T> T kept(T value) {
    LAST.set(value);
    return value;
  }

  /**
   * Runs a cell.
   *
   * @return what its last expression came to; null where it ends with something else
   * @throws AssertionError where it cannot be compiled or throws
   */
  Object run(String cell) {
    LAST.set(null);
    List<String> snippets = snippets(cell);
    for (int i = 0; i < snippets.size(); i++) {
      boolean last = i == snippets.size() - 1;
      eval(last && isExpression(snippets.get(i)) ? keeping(snippets.get(i)) : snippets.get(i));
    }
    return LAST.get();
  }

  private List<String> snippets(String cell) {
    List<String> snippets = new ArrayList<>();
    String rest = cell;
    while (!rest.isBlank()) {
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      if (!next.completeness().isComplete()) {
        throw new AssertionError("not complete: " + rest);
      }
      snippets.add(next.source());
      rest = next.remaining();
    }
    return snippets;
  }

  private boolean isExpression(String snippet) {
    return shell.sourceCodeAnalysis().sourceToSnippets(snippet).stream()
        .allMatch(
            it ->
                it.kind() == Snippet.Kind.EXPRESSION
                    || it.kind() == Snippet.Kind.VAR
                        && it.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND);
  }

  private static String keeping(String expression) {
    String bare = expression.strip();
    return "org.sysretreplay.notebooks.Cells.kept(%s);"
        .formatted(bare.endsWith(";") ? bare.substring(0, bare.length() - 1) : bare);
  }

  private void eval(String snippet) {
    for (SnippetEvent event : shell.eval(snippet)) {
      if (event.status() == Snippet.Status.REJECTED) {
        String why =
            shell.diagnostics(event.snippet()).map(it -> it.getMessage(null)).toList().toString();
        throw new AssertionError(snippet + ": " + why);
      }
      if (event.exception() != null) {
        throw new AssertionError(snippet + ": " + words(event.exception()));
      }
    }
  }

  private static String words(JShellException thrown) {
    return thrown instanceof EvalException it
        ? it.getExceptionClassName() + ": " + it.getMessage()
        : thrown.toString();
  }

  @Override
  public void close() {
    shell.close();
  }
}
