package org.sysretreplay.notebooks.zeppelin;

import java.util.Properties;
import org.apache.zeppelin.interpreter.Interpreter;
import org.apache.zeppelin.interpreter.InterpreterContext;
import org.apache.zeppelin.scheduler.Scheduler;

/** The base of the interpreters that share a Spark session. */
abstract class SessionInterpreter extends Interpreter {

  SessionInterpreter(Properties properties) {
    super(properties);
  }

  @Override
  public void open() {
    Session.settings(properties);
  }

  @Override
  public void cancel(InterpreterContext context) {
    Session.cancel();
  }

  @Override
  public int getProgress(InterpreterContext context) {
    return 0;
  }

  @Override
  public Scheduler getScheduler() {
    return Session.scheduler(getInterpreterGroup());
  }
}
