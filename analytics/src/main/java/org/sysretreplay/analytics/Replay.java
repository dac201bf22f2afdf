package org.sysretreplay.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Verdict;

/**
 * Puts one question to the frames of one trace and adds up the verdicts; not for use by several
 * threads.
 */
public final class Replay implements FrameSink<TallyTable> {

  private final Question question;
  private final String workload;
  private final Judge[] judges;

  /** Of the kernel that the trace was recorded on; null where it is not known. */
  private final Judge own;

  private final Tally ofOwn;
  private final TallyTable table = new TallyTable();

  /** The tallies of a group's values, one for each model, found without building a group. */
  private final Map<List<Object>, Tally[]> byValues = new HashMap<>();

  /** The values of the last frame's group; none before the first frame. */
  private Object[] last = {};

  private Tally[] talliesOfLast = {};

  public Replay(Question question, String workload, String traceId) {
    this.question = question;
    this.workload = workload;
    judges =
        question.models().of(traceId).stream().map(it -> judge(it, traceId)).toArray(Judge[]::new);
    own = question.machines().ownModel(traceId).map(it -> judge(it, traceId)).orElse(null);
    String release = question.machines().of(traceId).release();
    ofOwn = own == null ? null : table.own(new OwnKernel(workload, release, own.model().id()));
    table.add(workload);
    if (question.by().isEmpty()) {
      // A workload without any exit has its row, too.
      byValues.put(List.of(), newTallies(List.of()));
    }
  }

  private Judge judge(ExitModel model, String traceId) {
    return new Judge(model, question.machines().of(traceId, model));
  }

  /** A model, and the machine that it judges for. */
  private record Judge(ExitModel model, Machine machine) {

    void add(FrameView frame, Verdict legacy, long count, Tally to) {
      Verdict verdict = model.judge(frame, machine);
      to.plus(frame, verdict, ofKernel(frame, verdict), count);
      if (machine.savesTime()) {
        to.plusTime(verdict, legacy, count);
      }
    }

    /** What the model's real kernel does, without the model's policies. */
    private Verdict ofKernel(FrameView frame, Verdict verdict) {
      return model.policies().isEmpty() ? verdict : model.kernel().judge(frame, machine);
    }
  }

  /**
   * Judges frames by every model, by that of their own kernel, and by the kernel that savings are
   * counted against.
   */
  @Override
  public void add(FrameView frame, long count) {
    Tally[] tallies = talliesOf(frame);
    Verdict legacy = ExitModels.LEGACY.judge(frame, question.machine());
    for (int i = 0; i < tallies.length; i++) {
      judges[i].add(frame, legacy, count, tallies[i]);
    }
    if (own != null) {
      own.add(frame, legacy, count, ofOwn);
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
    for (Judge judge : judges) {
      tallies.add(table.of(new Group(workload, judge.model().id(), values)));
    }
    return tallies.toArray(Tally[]::new);
  }

  @Override
  public TallyTable table() {
    return table;
  }
}
