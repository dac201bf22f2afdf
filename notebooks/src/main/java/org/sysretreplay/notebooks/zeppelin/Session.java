package org.sysretreplay.notebooks.zeppelin;

import java.util.Properties;
import org.apache.spark.sql.SparkSession;
import org.apache.zeppelin.interpreter.InterpreterGroup;
import org.apache.zeppelin.scheduler.Scheduler;
import org.apache.zeppelin.scheduler.SchedulerFactory;

/** The Spark session that all paragraphs of an interpreter process share. */
final class Session {

  private static final String OF_SPARK = "spark.";

  private Session() {}

  /** Sets Zeppelin's settings of Spark for the next session. */
  static void settings(Properties ofZeppelin) {
    ofZeppelin.stringPropertyNames().stream()
        .filter(it -> it.startsWith(OF_SPARK))
        .forEach(it -> System.setProperty(it, ofZeppelin.getProperty(it)));
  }

  /** The session; it is created if there is none. */
  static SparkSession get() {
    return SparkSession.builder().getOrCreate();
  }

  /** Cancels all of Spark's jobs; they all belong to one paragraph, since one runs at a time. */
  static void cancel() {
    SparkSession.getDefaultSession()
        .foreach(
            it -> {
              it.sparkContext().cancelAllJobs();
              return null;
            });
  }

  /**
   * A scheduler that runs one paragraph at a time, of Java or of SQL, in the order in which they
   * were started.
   */
  static Scheduler scheduler(InterpreterGroup group) {
    return SchedulerFactory.singleton().createOrGetFIFOScheduler("sysret-" + group.getId());
  }
}
