package org.sysretreplay.analytics;

import java.util.Map;

/** Gives the workers of another engine; found as a service, so that nothing here knows it. */
public interface WorkersProvider {

  /**
   * The workers at that address.
   *
   * @param master as Spark takes it, for example {@code local[*]} or {@code spark://HOST:PORT}
   * @param settings of the engine, as the user gave them
   * @param progress follows the work
   * @throws WorkersException where there are none
   */
  Workers at(String master, Map<String, String> settings, Progress progress);
}
