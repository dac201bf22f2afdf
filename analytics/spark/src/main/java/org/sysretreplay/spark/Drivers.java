package org.sysretreplay.spark;

import org.apache.spark.sql.SparkSession;

/**
 * Tells sessions whose driver runs in this process. A client of Spark Connect does not even have
 * the class of these, so that this class must do without it.
 */
final class Drivers {

  private static final String CLASSIC = "org.apache.spark.sql.classic.SparkSession";

  private Drivers() {}

  /**
   * The session, if its driver runs here.
   *
   * @throws SysretReplayException where there is none, or it runs elsewhere
   */
  static SparkSession here(SparkSession spark) {
    if (spark == null) {
      throw new SysretReplayException(
          "SysretReplay.on(null): there is no session; give SparkSession.builder().getOrCreate().");
    }
    if (!isClassic(spark.getClass())) {
      throw new SysretReplayException(
          "SysretReplay.on: this session is a client of Spark Connect, whose driver runs elsewhere;"
              + " put the jar on the server and ask by spark.read().format(\"perf\") and the"
              + " functions of the catalog sysret, or give a session made without remote(...).");
    }
    return spark;
  }

  private static boolean isClassic(Class<?> session) {
    return session != null
        && (session.getName().equals(CLASSIC) || isClassic(session.getSuperclass()));
  }
}
