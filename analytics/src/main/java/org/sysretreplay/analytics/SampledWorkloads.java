package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sysretreplay.ingest.trace.Sampling;

/**
 * The workloads of an input that were sampled, and how; those of which every event was recorded are
 * not in it. Parts add up to the whole.
 */
public record SampledWorkloads(SortedMap<String, OfWorkload> byWorkload) implements Serializable {

  /** Of an input without samples. */
  public static final SampledWorkloads NONE = new SampledWorkloads(new TreeMap<>());

  /**
   * What was sampled of a workload.
   *
   * @param exits how many of its exits are of sampled traces
   */
  public record OfWorkload(Sampling sampling, long exits) implements Serializable {

    private OfWorkload plus(OfWorkload other) {
      return new OfWorkload(sampling.plus(other.sampling), exits + other.exits);
    }
  }

  public SampledWorkloads {
    byWorkload = Collections.unmodifiableSortedMap(new TreeMap<>(byWorkload));
  }

  /** One trace. */
  public static SampledWorkloads of(String workload, Sampling sampling, long exits) {
    return sampling.isSampled()
        ? new SampledWorkloads(new TreeMap<>(Map.of(workload, new OfWorkload(sampling, exits))))
        : NONE;
  }

  /** What both hold. */
  public SampledWorkloads plus(SampledWorkloads other) {
    if (!other.isAny()) {
      return this;
    }
    SortedMap<String, OfWorkload> sum = new TreeMap<>(byWorkload);
    other.byWorkload.forEach((name, it) -> sum.merge(name, it, OfWorkload::plus));
    return new SampledWorkloads(sum);
  }

  /** Whether anything was sampled. */
  public boolean isAny() {
    return !byWorkload.isEmpty();
  }

  /** How a workload was sampled; empty where all its events were recorded. */
  public Optional<Sampling> of(String workload) {
    return Optional.ofNullable(byWorkload.get(workload)).map(OfWorkload::sampling);
  }

  /** How all of it was sampled together; empty where nothing was. */
  public Optional<Sampling> ofAll() {
    return byWorkload.values().stream().map(OfWorkload::sampling).reduce(Sampling::plus);
  }

  /** How many exits are of sampled traces. */
  public long exits() {
    return byWorkload.values().stream().mapToLong(OfWorkload::exits).sum();
  }
}
