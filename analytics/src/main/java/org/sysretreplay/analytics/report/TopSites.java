package org.sysretreplay.analytics.report;

import java.util.List;
import org.sysretreplay.analytics.MissSites;

/**
 * The sites that a report shows beside its rows.
 *
 * @param modelId the id of the model that judged, or {@code auto} if each trace has its own
 * @param workloads the sites of each workload, by the workload's name
 * @param mapsLeftOut how many maps of the traces' code were not kept
 */
public record TopSites(String modelId, List<MissSites.OfWorkload> workloads, long mapsLeftOut) {

  public TopSites {
    workloads = List.copyOf(workloads);
  }

  /**
   * The most frequent sites.
   *
   * @param most how many to list of each workload
   */
  public static TopSites of(String modelId, MissSites sites, int most) {
    return new TopSites(modelId, sites.top(most), sites.mapsLeftOut());
  }
}
