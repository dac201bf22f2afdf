package org.sysretreplay.emulator;

import java.util.EnumMap;
import java.util.Map;

/** The columns of the source-to-route matrix (sheet 1.1, and 3.4 for 32-bit code). */
final class Routes {

  private Routes() {}

  /** One route for each row of the matrix, in the order of {@link EntryPath}. */
  static Map<EntryPath, Route> of(Route... routes) {
    EntryPath[] paths = EntryPath.values();
    if (routes.length != paths.length) {
      throw new IllegalArgumentException(routes.length + " routes for " + paths.length + " paths");
    }
    Map<EntryPath, Route> map = new EnumMap<>(EntryPath.class);
    for (int i = 0; i < routes.length; i++) {
      map.put(paths[i], routes[i]);
    }
    return map;
  }

  /** The same route for every row. */
  static Map<EntryPath, Route> all(Route route) {
    Map<EntryPath, Route> map = new EnumMap<>(EntryPath.class);
    for (EntryPath path : EntryPath.values()) {
      map.put(path, route);
    }
    return map;
  }
}
