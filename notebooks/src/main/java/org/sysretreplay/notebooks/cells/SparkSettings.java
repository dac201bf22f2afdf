package org.sysretreplay.notebooks.cells;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The default settings of a session in a notebook, given as properties of its JVM; whoever builds a
 * session may choose others.
 */
public final class SparkSettings {

  private SparkSettings() {}

  /** All settings by their keys. */
  public static Map<String, String> all() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.master", "local[*]");
    settings.put("spark.app.name", "sysret-replay");
    // Spark listens on this machine only.
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.ui.showConsoleProgress", "false");
    // Tables in notebooks have some hundred rows.
    settings.put("spark.sql.shuffle.partitions", "4");
    settings.put("spark.sql.extensions", "org.sysretreplay.spark.functions.SysretExtensions");
    return settings;
  }
}
