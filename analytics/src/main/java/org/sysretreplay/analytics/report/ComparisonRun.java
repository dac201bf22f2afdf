package org.sysretreplay.analytics.report;

import java.util.Map;
import java.util.Optional;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.OwnKernel;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.analytics.TallyTable;

/**
 * One run of a side.
 *
 * @param source as the user named it
 * @param models the models that judged
 * @param machines what is known of the machines that it was recorded on
 * @param own the outcomes by the kernels that it was recorded on
 * @param counted the counts by event; empty if both sides are the same runs
 */
public record ComparisonRun(
    String source,
    Models models,
    Machines machines,
    Intake intake,
    Map<OwnKernel, OutcomeCounts> own,
    Optional<TallyTable> counted) {

  TallyTable table() {
    return counted.orElseGet(TallyTable::new);
  }
}
