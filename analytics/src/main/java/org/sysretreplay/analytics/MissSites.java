package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sysretreplay.emulator.Addresses;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.ingest.trace.ExecutableMap;
import org.sysretreplay.ingest.trace.ExecutableMaps;

/**
 * The sites that misses return to, for each workload, with their causes; adds up in any order.
 * Memory is bounded: if there are too many sites, rare ones are dropped and their misses are
 * reported as {@link OfWorkload#uncounted}. Not thread-safe.
 */
public final class MissSites implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final long PAGE = 4096;

  private final Map<String, FrequentCounts<Miss>> byWorkload = new TreeMap<>();

  /** How many maps of a trace were not kept; only traces that lack some. */
  private final Map<String, Long> mapsLeftOut = new TreeMap<>();

  /** A miss at a site. */
  private record Miss(Site site, Cause cause) implements Serializable {}

  /**
   * A site of a workload.
   *
   * @param misses how many exits returned to it and missed; a lower bound if the workload has
   *     uncounted misses
   * @param causes the misses by cause; only causes that occurred
   */
  public record MissSite(Site site, long misses, Map<Cause, Long> causes) {

    /**
     * The most frequent cause; of equally frequent ones the first in the order of {@link Cause}.
     */
    public Cause mainCause() {
      long most = Collections.max(causes.values());
      return causes.keySet().stream()
          .filter(it -> causes.get(it) == most)
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * The sites of one workload.
   *
   * @param misses how many exits missed, at all sites together
   * @param uncounted how many of these are in no site's count, because there are too many sites; a
   *     site has at most this many misses beyond its count. 0 if every count is exact
   * @param found how many sites have a count
   * @param top the sites with the most misses, the most frequent one first
   */
  public record OfWorkload(
      String workload, long misses, long uncounted, long found, List<MissSite> top) {

    /** Whether every site has exactly as many misses as its count says. */
    public boolean isExact() {
      return uncounted == 0;
    }
  }

  /** Notes that the workload exists, even if it has no misses. */
  void add(String workload) {
    misses(workload);
  }

  private FrequentCounts<Miss> misses(String workload) {
    return byWorkload.computeIfAbsent(workload, it -> new FrequentCounts<>());
  }

  /** Counts misses at an address that has no name yet. */
  void add(String workload, Site.InProcess place, Cause cause, long count) {
    misses(workload).add(new Miss(withoutMaps(place), cause), count);
  }

  /** The vsyscall page is at the same address in every process, so that it needs no map. */
  private static Site withoutMaps(Site.InProcess place) {
    return Addresses.isVsyscall(place.address())
        ? new Site.OfKernel("[vsyscall]", Long.remainderUnsigned(place.address(), PAGE))
        : place;
  }

  /** Names the addresses of a trace, as far as its maps cover them. */
  void locate(String traceId, ExecutableMaps maps) {
    if (maps.leftOut() > 0) {
      mapsLeftOut.put(traceId, maps.leftOut());
    }
    Map<Long, List<ExecutableMap>> byPid = new HashMap<>();
    maps.maps().forEach(it -> byPid.computeIfAbsent(it.pid(), key -> new ArrayList<>()).add(it));
    for (FrequentCounts<Miss> misses : byWorkload.values()) {
      Map<Site.InProcess, Site> names = new HashMap<>();
      unnamed(traceId, misses)
          .forEach(
              (pid, places) ->
                  names.putAll(new MappedCode(byPid.getOrDefault(pid, List.of())).sites(places)));
      misses.rename(
          it ->
              it.site() instanceof Site.InProcess place
                  ? new Miss(names.getOrDefault(place, place), it.cause())
                  : it);
    }
  }

  private static Map<Long, Set<Site.InProcess>> unnamed(
      String traceId, FrequentCounts<Miss> misses) {
    Map<Long, Set<Site.InProcess>> byPid = new HashMap<>();
    for (Miss miss : misses.counts().keySet()) {
      if (miss.site() instanceof Site.InProcess place
          && place.why() == Site.Unnamed.UNMAPPED
          && place.traceId().equals(traceId)) {
        byPid.computeIfAbsent(place.pid(), it -> new HashSet<>()).add(place);
      }
    }
    return byPid;
  }

  /** Adds all counts of the other, which is not changed. */
  MissSites plus(MissSites other) {
    other.byWorkload.forEach((workload, misses) -> misses(workload).addAll(misses));
    mapsLeftOut.putAll(other.mapsLeftOut);
    return this;
  }

  /** How many maps of the traces were not kept; because of these, addresses may lack a name. */
  public long mapsLeftOut() {
    return mapsLeftOut.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The sites of every workload, ordered by its name.
   *
   * @param most how many sites to list of each
   */
  public List<OfWorkload> top(int most) {
    List<OfWorkload> all = new ArrayList<>();
    byWorkload.forEach((workload, misses) -> all.add(top(workload, misses, most)));
    return all;
  }

  private static OfWorkload top(String workload, FrequentCounts<Miss> misses, int most) {
    Map<Site, Map<Cause, Long>> bySite = new HashMap<>();
    misses
        .counts()
        .forEach(
            (miss, count) ->
                bySite
                    .computeIfAbsent(miss.site(), it -> new EnumMap<>(Cause.class))
                    .put(miss.cause(), count));
    List<MissSite> top =
        bySite.entrySet().stream()
            .map(it -> site(it.getKey(), it.getValue()))
            .sorted(
                Comparator.comparing(MissSite::misses)
                    .reversed()
                    .thenComparing(it -> it.site().toString()))
            .limit(most)
            .toList();
    return new OfWorkload(workload, misses.total(), misses.uncounted(), bySite.size(), top);
  }

  private static MissSite site(Site site, Map<Cause, Long> causes) {
    long misses = causes.values().stream().mapToLong(Long::longValue).sum();
    return new MissSite(site, misses, Collections.unmodifiableMap(causes));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MissSites it
        && byWorkload.equals(it.byWorkload)
        && mapsLeftOut.equals(it.mapsLeftOut);
  }

  @Override
  public int hashCode() {
    return byWorkload.hashCode();
  }

  @Override
  public String toString() {
    return byWorkload.toString();
  }
}
