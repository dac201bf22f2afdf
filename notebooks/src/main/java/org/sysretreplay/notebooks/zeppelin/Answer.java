package org.sysretreplay.notebooks.zeppelin;

import java.util.Objects;
import org.apache.zeppelin.interpreter.InterpreterResult;
import org.apache.zeppelin.interpreter.InterpreterResult.Code;
import org.apache.zeppelin.interpreter.InterpreterResult.Type;
import org.sysretreplay.ingest.trace.Printable;
import org.sysretreplay.notebooks.cells.CellException;
import org.sysretreplay.notebooks.cells.Display;

/**
 * Makes the results of paragraphs for Zeppelin. The type is always given, so that a text that
 * begins with {@code %html} stays a text.
 */
final class Answer {

  private Answer() {}

  /** The result for the value of a paragraph's last expression; empty for null. */
  static InterpreterResult of(Object value) {
    if (value == null) {
      return new InterpreterResult(Code.SUCCESS);
    }
    return of(Display.of(value).orElseGet(() -> new Display.Text(value.toString())));
  }

  private static InterpreterResult of(Display display) {
    if (display instanceof Display.Table table) {
      return new InterpreterResult(Code.SUCCESS, Type.HTML, table.html());
    }
    if (display instanceof Display.Picture picture) {
      return new InterpreterResult(Code.SUCCESS, Type.HTML, picture.svg());
    }
    return text(Code.SUCCESS, ((Display.Text) display).text());
  }

  /** The result of a paragraph that failed, with the message of its exception. */
  static InterpreterResult failed(Exception e) {
    String message = Objects.toString(e.getMessage(), e.toString());
    return text(Code.ERROR, CellException.words(message));
  }

  private static InterpreterResult text(Code code, String text) {
    return new InterpreterResult(code, Type.TEXT, Printable.text(text));
  }
}
