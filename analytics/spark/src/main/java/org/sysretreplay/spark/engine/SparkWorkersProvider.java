package org.sysretreplay.spark.engine;

import java.util.Map;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.Workers;
import org.sysretreplay.analytics.WorkersProvider;

/** Gives the command line the workers of a Spark master; found as a service. */
public final class SparkWorkersProvider implements WorkersProvider {

  @Override
  public Workers at(String master, Map<String, String> settings, Progress progress) {
    return SparkContexts.start(master, settings, progress);
  }
}
