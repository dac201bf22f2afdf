package org.sysretreplay.analytics;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.sysretreplay.ingest.trace.ExecutableMap;

/**
 * Names the addresses of one process by its memory maps. It does not know which map held at the
 * time of a frame, so an address that two maps name differently gets no name.
 */
final class MappedCode {

  private static final Set<String> OF_KERNEL = Set.of("[vdso]", "[vsyscall]", "[uprobes]");

  /** The beginning of memory that has no offsets worth telling, such as anonymous memory. */
  private static final long NOWHERE = 0;

  private static final Comparator<Range> BY_START =
      Comparator.comparing(Range::start, Long::compareUnsigned);
  private static final Comparator<Range> BY_LAST =
      Comparator.comparing(Range::last, Long::compareUnsigned);

  private final List<Range> ranges;

  /** The address at which a file would begin if all of it was mapped. */
  private record Origin(String path, long begin) {

    boolean isFile() {
      return !path.isEmpty() && !path.startsWith("//") && !path.startsWith("[");
    }
  }

  private record Range(long start, long last, Origin origin) {

    static Range of(ExecutableMap map) {
      Origin whole = new Origin(map.path(), map.start() - map.offset());
      boolean hasPlaces = whole.isFile() || OF_KERNEL.contains(map.path());
      long last = map.start() + map.length() - 1;
      return new Range(
          map.start(),
          Long.compareUnsigned(last, map.start()) < 0 ? -1 : last,
          hasPlaces ? whole : new Origin(map.path(), NOWHERE));
    }
  }

  /**
   * @param maps all maps that the process had at any time
   */
  MappedCode(List<ExecutableMap> maps) {
    ranges = maps.stream().filter(it -> it.length() != 0).map(Range::of).sorted(BY_START).toList();
  }

  /**
   * The name of each address.
   *
   * @param places addresses of this process that have no name yet
   */
  Map<Site.InProcess, Site> sites(Set<Site.InProcess> places) {
    Map<Site.InProcess, Site> sites = new HashMap<>();
    PriorityQueue<Range> here = new PriorityQueue<>(BY_LAST);
    Map<Origin, Integer> origins = new HashMap<>();
    int next = 0;
    for (Site.InProcess place : ascending(places)) {
      while (next < ranges.size()
          && Long.compareUnsigned(ranges.get(next).start(), place.address()) <= 0) {
        here.add(ranges.get(next));
        origins.merge(ranges.get(next).origin(), 1, Integer::sum);
        next++;
      }
      while (!here.isEmpty() && Long.compareUnsigned(here.element().last(), place.address()) < 0) {
        origins.computeIfPresent(here.remove().origin(), (it, left) -> left == 1 ? null : left - 1);
      }
      sites.put(place, site(place, origins.keySet()));
    }
    return sites;
  }

  private static List<Site.InProcess> ascending(Set<Site.InProcess> places) {
    return places.stream()
        .sorted(Comparator.comparing(Site.InProcess::address, Long::compareUnsigned))
        .toList();
  }

  private static Site site(Site.InProcess place, Set<Origin> origins) {
    return switch (origins.size()) {
      case 0 -> place;
      case 1 -> site(place, origins.iterator().next());
      default -> unnamed(place, Site.Unnamed.SEVERAL);
    };
  }

  private static Site site(Site.InProcess place, Origin origin) {
    if (OF_KERNEL.contains(origin.path())) {
      return new Site.OfKernel(origin.path(), place.address() - origin.begin());
    }
    if (origin.isFile()) {
      return new Site.InFile(origin.path(), place.address() - origin.begin());
    }
    return isAnonymous(origin.path()) ? unnamed(place, Site.Unnamed.ANONYMOUS) : place;
  }

  /** perf writes //toolong or //enomem for a file whose name it could not read. */
  private static boolean isAnonymous(String path) {
    return path.startsWith("//anon") || path.startsWith("[");
  }

  private static Site unnamed(Site.InProcess place, Site.Unnamed why) {
    return new Site.InProcess(place.traceId(), place.pid(), place.address(), why);
  }
}
