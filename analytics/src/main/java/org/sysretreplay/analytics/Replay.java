package org.sysretreplay.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sysretreplay.emulator.CarryOver;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.Verdict;

/** Puts one question to the frames of one trace and adds up the verdicts; not thread-safe. */
public final class Replay implements FrameSink<TallyTable> {

  private final Question question;
  private final String workload;
  private final Judged[] judges;

  /** Judges as a kernel that has no check. */
  private final Judge legacy;

  /** Judges as the kernel that the trace was recorded on; null if that is not known. */
  private final Judged own;

  private final Tally ownTally;
  private final TallyTable table = new TallyTable();

  /** Whether groups show numbers of syscalls, which 32-bit code has of its own. */
  private final boolean bySyscall;

  /** One tally for each model, by the values of a group; found without building a {@link Group}. */
  private final Map<List<Object>, Tally[]> byValues = new HashMap<>();

  /** The values of the last frame's group; none before the first frame. */
  private Object[] last = {};

  private Tally[] talliesOfLast = {};

  public Replay(Question question, String workload, String traceId) {
    this.question = question;
    this.workload = workload;
    bySyscall = question.by().contains(GroupColumn.SYSCALL);
    judges =
        question.models().judges(question.machines(), traceId).stream()
            .map(Judged::of)
            .toArray(Judged[]::new);
    String release = question.machines().of(traceId).release();
    legacy = new Judge(ExitModels.LEGACY, question.machine(), release);
    own = question.machines().ownJudge(traceId).map(Judged::of).orElse(null);
    ownTally = own == null ? null : table.own(new OwnKernel(workload, release, own.id()));
    table.add(workload);
    if (question.by().isEmpty()) {
      // A workload without any exit has its row as well.
      byValues.put(List.of(), newTallies(List.of()));
    }
  }

  /**
   * A model with its policies, and its plain kernel without them.
   *
   * @param kernel the same as {@code judge} if the model has no policies
   * @param savesTime whether a return by SYSRET is quicker on the machine
   */
  private record Judged(Judge judge, Judge kernel, boolean savesTime) {

    static Judged of(Judge judge) {
      boolean plain = judge.model().policies().isEmpty();
      return new Judged(judge, plain ? judge : judge.ofKernel(), judge.machine().savesTime());
    }

    String id() {
      return judge.model().id();
    }

    void add(FrameView frame, Verdict unchecked, long count, Tally to) {
      Verdict verdict = judge.verdict(frame);
      boolean plain = kernel == judge;
      Verdict ofKernel = plain ? verdict : kernel.verdict(frame);
      to.plus(frame.stage(), judge.cause(frame), verdict, ofKernel, count);
      if (savesTime) {
        to.plusTime(verdict, plain ? unchecked : ofKernel, count);
      }
      if (judge.carryOver(frame) == CarryOver.NOT_KNOWN) {
        to.plusCarriedOver(frame.cause().orElseThrow(), count);
      }
    }
  }

  /**
   * Judges frames by every model, by their own kernel's model, and by the kernel that savings are
   * measured against.
   */
  @Override
  public void add(FrameView frame, long count) {
    Tally[] tallies = talliesOf(frame);
    Verdict unchecked = legacy.verdict(frame);
    for (int i = 0; i < tallies.length; i++) {
      judges[i].add(frame, unchecked, count, tallies[i]);
    }
    if (bySyscall && EntryKind.COMPAT.key().equals(frame.value(GroupColumn.ENTRY))) {
      for (Tally tally : tallies) {
        tally.plusOf32BitCode(count);
      }
    }
    if (own != null) {
      own.add(frame, unchecked, count, ownTally);
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

  /**
   * Neighbouring frames often share a group; then it is not looked up again (benchmark
   * ingest/check).
   */
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
    for (Judged judged : judges) {
      tallies.add(table.of(new Group(workload, judged.id(), values)));
    }
    return tallies.toArray(Tally[]::new);
  }

  @Override
  public TallyTable table() {
    return table;
  }
}
