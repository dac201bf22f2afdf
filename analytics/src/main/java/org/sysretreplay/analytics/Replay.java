package org.sysretreplay.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sysretreplay.emulator.CarryOver;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Verdict;

/**
 * Puts one question to the frames of one trace and adds up the verdicts; not for use by several
 * threads.
 */
public final class Replay implements FrameSink<TallyTable> {

  private final Question question;
  private final String workload;
  private final Judged[] models;

  /** Of a kernel that has no check. */
  private final Judge legacy;

  private final TallyTable table = new TallyTable();

  /** The tallies of a group's values, one for each model, found without building a group. */
  private final Map<List<Object>, Tally[]> byValues = new HashMap<>();

  /** The values of the last frame's group; none before the first frame. */
  private Object[] last = {};

  private Tally[] talliesOfLast = {};

  /**
   * A model, and the kernel that it is without its policies.
   *
   * @param kernel the same where there are none
   */
  private record Judged(Judge model, Judge kernel) {

    static Judged of(ExitModel model, Machine machine, String kernelRelease) {
      Judge judge = new Judge(model, machine, kernelRelease);
      return new Judged(
          judge,
          model.policies().isEmpty() ? judge : new Judge(model.kernel(), machine, kernelRelease));
    }

    boolean hasPolicies() {
      return kernel != model;
    }

    /** What the kernel does; the model's own verdict where they are one. */
    Verdict kernelVerdict(FrameView frame, Verdict ofModel) {
      return hasPolicies() ? kernel.verdict(frame) : ofModel;
    }
  }

  /**
   * Begins with the frames of a trace.
   *
   * @param kernelRelease the release of the kernel that was recorded; empty where the trace does
   *     not say
   */
  public Replay(Question question, String workload, String traceId, String kernelRelease) {
    this.question = question;
    this.workload = workload;
    Machine machine = question.machine();
    models =
        question.models().of(traceId).stream()
            .map(it -> Judged.of(it, machine, kernelRelease))
            .toArray(Judged[]::new);
    legacy = new Judge(ExitModels.LEGACY, machine, kernelRelease);
    table.add(workload);
    if (question.by().isEmpty()) {
      // A workload without any exit has its row, too.
      byValues.put(List.of(), newTallies(List.of()));
    }
  }

  /** Judges frames by every model, and by the kernel that savings are counted against. */
  @Override
  public void add(FrameView frame, long count) {
    Tally[] tallies = talliesOf(frame);
    Verdict unchecked = legacy.verdict(frame);
    for (int i = 0; i < tallies.length; i++) {
      Judge judge = models[i].model();
      Verdict verdict = judge.verdict(frame);
      Verdict kernel = models[i].kernelVerdict(frame, verdict);
      tallies[i].plus(frame.stage(), judge.cause(frame), verdict, kernel, count);
      if (question.machine().savesTime()) {
        tallies[i].plusTime(verdict, models[i].hasPolicies() ? kernel : unchecked, count);
      }
      if (judge.carryOver(frame) == CarryOver.NOT_KNOWN) {
        tallies[i].plusCarriedOver(frame.cause().orElseThrow(), count);
      }
    }
  }

  private Tally[] talliesOf(FrameView frame) {
    List<GroupColumn> by = question.by();
    if (by.isEmpty()) {
      return byValues.get(List.of());
    }
    if (!isLikeLast(frame, by)) {
      last = new Object[by.size()];
      Arrays.setAll(last, i -> frame.value(by.get(i)));
      talliesOfLast = byValues.computeIfAbsent(Arrays.asList(last), this::newTallies);
    }
    return talliesOfLast;
  }

  /** Neighbours are often of one group, which is then not looked up (benchmark ingest/check). */
  private boolean isLikeLast(FrameView frame, List<GroupColumn> by) {
    for (int i = 0; i < last.length; i++) {
      if (!Objects.equals(last[i], frame.value(by.get(i)))) {
        return false;
      }
    }
    return last.length > 0;
  }

  private Tally[] newTallies(List<Object> values) {
    List<Tally> tallies = new ArrayList<>();
    for (Judged judged : models) {
      tallies.add(table.of(new Group(workload, judged.model().model().id(), values)));
    }
    return tallies.toArray(Tally[]::new);
  }

  @Override
  public TallyTable table() {
    return table;
  }
}
