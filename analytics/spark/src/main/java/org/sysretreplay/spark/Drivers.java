package org.sysretreplay.spark;

import org.apache.spark.sql.SparkSession;

/**
 * Recognizes sessions whose driver runs in this process. A client of Spark Connect does not have
 * the class of such sessions, so this class must not refer to it.
 */
final class Drivers {

  private static final String CLASSIC = "org.apache.spark.sql.classic.SparkSession";

  private Drivers() {}

  /**
   * The session, if its driver runs in this process.
   *
   * @throws SysretReplayException if the session is null, or its driver runs elsewhere
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
