package org.sysretreplay.notebooks.zeppelin;

import java.util.Properties;
import org.apache.zeppelin.interpreter.InterpreterContext;
import org.apache.zeppelin.interpreter.InterpreterResult;

/**
 * The interpreter {@code %sysret.sql}: runs one SQL statement on the session of {@code %sysret},
 * with its views and the functions {@code sysret.…}. Rows are shown as Zeppelin's table.
 */
public final class SqlInterpreter extends SessionInterpreter {

  /** The setting for how many rows are shown. */
  static final String ROWS = "sysret.sql.rows";

  static final int USUAL_ROWS = 1000;

  /** For Zeppelin, which passes the settings of this interpreter. */
  public SqlInterpreter(Properties properties) {
    super(properties);
  }

  @Override
  public InterpreterResult interpret(String statement, InterpreterContext context) {
    try {
      return Table.of(Session.get().sql(bare(statement)), rows());
    } catch (Exception e) {
      return Answer.failed(e);
    }
  }

  private static String bare(String statement) {
    return statement.strip().replaceFirst(";$", "");
  }

  private int rows() {
    return Integer.parseInt(properties.getProperty(ROWS, Integer.toString(USUAL_ROWS)).strip());
  }

  @Override
  public FormType getFormType() {
    return FormType.SIMPLE;
  }

  @Override
  public void close() {
    // The session belongs to the process, and ends with it.
  }
}
