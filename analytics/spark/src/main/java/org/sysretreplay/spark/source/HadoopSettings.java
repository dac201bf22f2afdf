package org.sysretreplay.spark.source;

import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** The settings of Hadoop file systems that a session gives to the work on its executors. */
public final class HadoopSettings {

  private static final String OF_SPARK = "spark.";

  private HadoopSettings() {}

  /** All settings of the session's file systems, by whatever way they were given. */
  public static Configuration of(SparkSession spark) {
    return ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().newHadoopConf();
  }

  /** The settings that differ from Hadoop's defaults, without those of Spark. */
  public static Map<String, String> own(Configuration settings) {
    Configuration usual = new Configuration();
    Map<String, String> own = new HashMap<>();
    for (Map.Entry<String, String> setting : settings) {
      String key = setting.getKey();
      if (!key.startsWith(OF_SPARK) && !setting.getValue().equals(usual.getRaw(key))) {
        own.put(key, setting.getValue());
      }
    }
    return own;
  }
}
