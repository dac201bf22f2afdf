package org.sysretreplay.analytics.report;

import java.util.List;
import org.sysretreplay.analytics.MissSites;

/**
 * The sites that a report shows beside its rows.
 *
 * @param modelId who judged: a model's id, or {@code auto} where each trace has one of its own
 * @param workloads those of each workload, by name
 * @param mapsLeftOut how many maps of code the traces had that were not kept
 */
public record TopSites(String modelId, List<MissSites.OfWorkload> workloads, long mapsLeftOut) {

  public TopSites {
    workloads = List.copyOf(workloads);
  }

  /** The most frequent sites, no more than so many of each workload. */
  public static TopSites of(String modelId, MissSites sites, int most) {
    return new TopSites(modelId, sites.top(most), sites.mapsLeftOut());
  }
}
