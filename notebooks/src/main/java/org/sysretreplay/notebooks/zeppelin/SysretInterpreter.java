package org.sysretreplay.notebooks.zeppelin;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.zeppelin.interpreter.InterpreterContext;
import org.apache.zeppelin.interpreter.InterpreterResult;
import org.sysretreplay.notebooks.cells.Cells;

/**
 * The interpreter {@code %sysret}: runs Java in the JVM of the interpreter. A paragraph that ends
 * with rows shows a table, with a chart a picture, with a report its text; its output is shown
 * above that.
 */
public final class SysretInterpreter extends SessionInterpreter {

  private Cells cells;

  /** For Zeppelin, which passes the settings of this interpreter. */
  public SysretInterpreter(Properties properties) {
    super(properties);
  }

  @Override
  public void open() {
    super.open();
    cells = new Cells();
  }

  @Override
  public InterpreterResult interpret(String cell, InterpreterContext context) {
    PrintStream before = System.out;
    PrintStream printed = new PrintStream(context.out, true, StandardCharsets.UTF_8);
    System.setOut(printed);
    try {
      return Answer.of(cells.run(cell));
    } catch (Exception e) {
      // All exceptions, because rows are computed only when they are shown, and Spark throws
      // checked exceptions without declaring them.
      return Answer.failed(e);
    } finally {
      printed.flush();
      System.setOut(before);
    }
  }

  @Override
  public void cancel(InterpreterContext context) {
    super.cancel(context);
    cells.stop();
  }

  @Override
  public FormType getFormType() {
    return FormType.NATIVE;
  }

  @Override
  public void close() {
    cells.close();
  }
}
