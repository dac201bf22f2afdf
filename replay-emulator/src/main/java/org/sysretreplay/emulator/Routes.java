package org.sysretreplay.emulator;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a kernel does on every way back: one column of the source-to-route matrix (sheet 1.1, and
 * 3.4 for 32-bit code). Every path has a route: leaving one out is an error.
 *
 * @param byPath one route for every {@link EntryPath}, in the order of the paths; unmodifiable
 */
public record Routes(Map<EntryPath, Route> byPath) {

  /**
   * The routes of that map.
   *
   * @throws IllegalArgumentException if a path has none
   */
  public Routes {
    for (EntryPath path : EntryPath.values()) {
      if (byPath.get(path) == null) {
        throw new IllegalArgumentException("no route for " + path);
      }
    }
    byPath = Collections.unmodifiableMap(new EnumMap<>(byPath));
  }

  /** The paths that take one route, as {@link Route#on} lists them. */
  record Share(Route route, List<EntryPath> paths) {

    Share {
      paths = List.copyOf(paths);
    }
  }

  /**
   * A kernel's column of the matrix, every path under the name of its route.
   *
   * @throws IllegalArgumentException if a path is named twice or not at all
   */
  static Routes of(Share... shares) {
    Map<EntryPath, Route> byPath = new EnumMap<>(EntryPath.class);
    for (Share share : shares) {
      for (EntryPath path : share.paths()) {
        if (byPath.put(path, share.route()) != null) {
          throw new IllegalArgumentException("more than one route for " + path);
        }
      }
    }
    return new Routes(byPath);
  }

  /** The same route for every path, for a kernel that has no other. */
  static Routes all(Route route) {
    return of(route.on(EntryPath.values()));
  }

  /** These routes with another one for those paths. */
  Routes but(Route route, EntryPath... paths) {
    Map<EntryPath, Route> changed = new EnumMap<>(byPath);
    for (EntryPath path : paths) {
      changed.put(path, route);
    }
    return new Routes(changed);
  }

  /** The route of that path. */
  public Route of(EntryPath path) {
    return byPath.get(path);
  }
}
