package org.sysretreplay.notebooks.zeppelin;

import java.util.Properties;
import org.apache.spark.sql.SparkSession;
import org.apache.zeppelin.interpreter.InterpreterGroup;
import org.apache.zeppelin.scheduler.Scheduler;
import org.apache.zeppelin.scheduler.SchedulerFactory;

/** The session of Spark that all paragraphs of an interpreter process share. */
final class Session {

  private static final String OF_SPARK = "spark.";

  private Session() {}

  /** Makes the settings of Spark that Zeppelin has those of the next session. */
  static void settings(Properties ofZeppelin) {
    ofZeppelin.stringPropertyNames().stream()
        .filter(it -> it.startsWith(OF_SPARK))
        .forEach(it -> System.setProperty(it, ofZeppelin.getProperty(it)));
  }

  /** The session, which is made where there is none. */
  static SparkSession get() {
    return SparkSession.builder().getOrCreate();
  }

  /** Cancels what Spark does; one paragraph runs at a time, so that it is all for that one. */
  static void cancel() {
    SparkSession.getDefaultSession()
        .foreach(
            it -> {
              it.sparkContext().cancelAllJobs();
              return null;
            });
  }

  /** One paragraph of Java or of SQL runs at a time, in the order in which they were started. */
  static Scheduler scheduler(InterpreterGroup group) {
    return SchedulerFactory.singleton().createOrGetFIFOScheduler("sysret-" + group.getId());
  }
}
