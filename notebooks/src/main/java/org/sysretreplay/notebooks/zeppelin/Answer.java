package org.sysretreplay.notebooks.zeppelin;

import java.util.Objects;
import org.apache.zeppelin.interpreter.InterpreterResult;
import org.apache.zeppelin.interpreter.InterpreterResult.Code;
import org.apache.zeppelin.interpreter.InterpreterResult.Type;
import org.sysretreplay.ingest.trace.Printable;
import org.sysretreplay.notebooks.cells.CellException;
import org.sysretreplay.notebooks.cells.Display;

/**
 * What Zeppelin is told of a paragraph. The type is always named: a text that begins with {@code
 * %html} stays a text.
 */
final class Answer {

  private Answer() {}

  /** How the value of a paragraph's last expression looks; null looks like nothing. */
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

  /** A paragraph that ends in ERROR, with the words of its exception. */
  static InterpreterResult failed(Exception e) {
    String message = Objects.toString(e.getMessage(), e.toString());
    return text(Code.ERROR, CellException.words(message));
  }

  private static InterpreterResult text(Code code, String text) {
    return new InterpreterResult(code, Type.TEXT, Printable.text(text));
  }
}
