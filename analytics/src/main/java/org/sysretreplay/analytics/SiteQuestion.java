package org.sysretreplay.analytics;

import java.util.List;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.ExitFacts;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Verdict;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.Reading;

/**
 * Asks which places the frames return to that miss SYSRET.
 *
 * @param models one model, or one for each trace
 */
public record SiteQuestion(Question.Models models, Machines machines, Reading reading)
    implements Fold<MissSites> {

  public SiteQuestion {
    if (!models.isByTrace() && models.ids().size() != 1) {
      throw new IllegalArgumentException("not one model: " + models.ids());
    }
  }

  /** Processes have different code at the same address. */
  @Override
  public List<GroupColumn> by() {
    return List.of(GroupColumn.PID);
  }

  @Override
  public boolean byAddress() {
    return true;
  }

  @Override
  public void locate(MissSites table, String traceId, ExecutableMaps maps) {
    table.locate(traceId, maps);
  }

  @Override
  public MissSites zero() {
    return new MissSites();
  }

  @Override
  public FrameSink<MissSites> begin(String workload, String traceId) {
    return new Sink(models.judges(machines, traceId).get(0), workload, traceId);
  }

  @Override
  public void note(MissSites table, String workload, String traceId, long nanos) {
    table.add(workload);
  }

  @Override
  public MissSites merge(MissSites left, MissSites right) {
    return left.plus(right);
  }

  /** Counts the misses of one trace. */
  private static final class Sink implements FrameSink<MissSites> {

    private final Judge judge;
    private final String workload;
    private final String traceId;
    private final MissSites sites = new MissSites();

    Sink(Judge judge, String workload, String traceId) {
      this.judge = judge;
      this.workload = workload;
      this.traceId = traceId;
    }

    @Override
    public void add(FrameView frame, long count) {
      Verdict verdict = judge.verdict(frame);
      if (verdict.outcome() == Outcome.IRET_MISS) {
        sites.add(workload, place(frame), Cause.ofMiss(verdict, judge.cause(frame)), count);
      }
    }

    private Site.InProcess place(FrameView frame) {
      Long pid = (Long) frame.value(GroupColumn.PID);
      boolean isStandIn = pid == null && ExitFacts.isStandIn(frame.address());
      return new Site.InProcess(
          traceId, pid, frame.address(), isStandIn ? Site.Unnamed.STAND_IN : Site.Unnamed.UNMAPPED);
    }

    @Override
    public MissSites table() {
      return sites;
    }
  }
}
