package org.sysretreplay.analytics;

import java.util.Map;

/**
 * Gives the workers of a cluster. Implementations are found with {@link java.util.ServiceLoader}.
 */
public interface WorkersProvider {

  /**
   * The workers at an address.
   *
   * @param master the address in Spark's form, for example {@code local[*]} or {@code
   *     spark://HOST:PORT}
   * @param settings Spark's settings, as the user gave them
   * @param progress shows how far the work has come
   * @throws WorkersException if they cannot be reached
   */
  Workers at(String master, Map<String, String> settings, Progress progress);

  /** Whether the workers of that master are threads of this process. */
  static boolean areHere(String master) {
    return master.equals("local") || master.startsWith("local[");
  }
}
