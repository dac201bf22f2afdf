package org.sysretreplay.analytics;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.trace.Reading;

/**
 * The question of the replay: what do these models, on these machines, make of every frame, tallied
 * by these columns? The model of the kernel that a trace was recorded on is always asked as well.
 *
 * @param models which models judge
 * @param reading whether the frames are what was returned to, or what the events carried
 */
public record Question(Models models, Machines machines, Reading reading, List<GroupColumn> by)
    implements Fold<TallyTable> {

  public Question {
    by = List.copyOf(by);
  }

  /** A question for one machine, whatever machine the traces were recorded on. */
  public Question(Models models, Machine machine, Reading reading, List<GroupColumn> by) {
    this(models, Machines.of(machine), reading, by);
  }

  /** A question that puts the same models to all traces. */
  public Question(List<String> modelIds, Machine machine, Reading reading, List<GroupColumn> by) {
    this(new Models(modelIds, Map.of()), machine, reading, by);
  }

  /**
   * Which models judge.
   *
   * @param ids ids of {@link ExitModels}, at least one, in the order in which they are shown
   * @param byTrace the id of the one model that judges a trace, by the trace's id; empty if all of
   *     {@code ids} judge all traces
   * @param named the kernel releases by which the user named models, by the models' ids
   */
  public record Models(
      List<String> ids, Map<String, String> byTrace, Map<String, Set<KernelRelease>> named)
      implements Serializable {

    public Models {
      ids = List.copyOf(ids);
      byTrace = Map.copyOf(byTrace);
      named = Map.copyOf(named);
      ids.forEach(Models::model);
    }

    /** Models that were named by their ids. */
    public Models(List<String> ids, Map<String, String> byTrace) {
      this(ids, byTrace, Map.of());
    }

    /** Whether each trace is judged by one model of its own. */
    public boolean isByTrace() {
      return !byTrace.isEmpty();
    }

    /** The ids of the traces that no model judges. */
    public SortedSet<String> unjudged(Machines machines) {
      SortedSet<String> unjudged = new TreeSet<>();
      if (isByTrace()) {
        unjudged.addAll(machines.recordedOn().keySet());
        unjudged.removeAll(byTrace.keySet());
      }
      return unjudged;
    }

    /** One judge for each model that judges the trace. */
    public List<Judge> judges(Machines machines, String traceId) {
      return of(traceId).stream()
          .map(it -> machines.judge(traceId, it, named.getOrDefault(it.id(), Set.of())))
          .toList();
    }

    /** The models that judge a trace. */
    private List<ExitModel> of(String traceId) {
      return (isByTrace() ? List.of(byTrace.get(traceId)) : ids)
          .stream().map(Models::model).toList();
    }

    private static ExitModel model(String id) {
      return ExitModels.byId(id)
          .orElseThrow(() -> new IllegalArgumentException("no model is called " + id));
    }
  }

  /** The machine that was asked for. */
  public Machine machine() {
    return machines.asked();
  }

  /** The ids of the traces that no model judges. */
  public SortedSet<String> unjudged() {
    return models.unjudged(machines);
  }

  /** The ids of all models that judge, in the order asked for. */
  public List<String> modelIds() {
    return models.ids();
  }

  /** All models that judge, in the order asked for. */
  public List<ExitModel> allModels() {
    return modelIds().stream().map(Models::model).toList();
  }

  @Override
  public TallyTable zero() {
    return new TallyTable();
  }

  @Override
  public Replay begin(String workload, String traceId) {
    return new Replay(this, workload, traceId);
  }

  @Override
  public void note(TallyTable table, String workload, String traceId, long nanos) {
    table.plus(begin(workload, traceId).table());
    table.addNanos(workload, nanos);
  }

  @Override
  public TallyTable merge(TallyTable left, TallyTable right) {
    return left.plus(right);
  }
}
