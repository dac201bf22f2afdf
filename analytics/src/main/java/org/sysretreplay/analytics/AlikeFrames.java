package org.sysretreplay.analytics;

import java.util.List;
import java.util.Objects;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;

/**
 * Counts frames that are alike before they are judged: a trace has millions of frames and a few
 * dozen classes of them (benchmark process/check-exits-only).
 */
final class AlikeFrames {

  /** More classes at once than most traces have in all. */
  private static final int MOST = 16;

  private final FrameSink<?> to;

  /** What is asked for beside what the class tells. */
  private final GroupColumn[] by;

  /** The values that all counted frames have in these columns. */
  private final Object[] values;

  private final ExitFrame[] frames = new ExitFrame[MOST];
  private final long[] classes = new long[MOST];
  private final long[] counts = new long[MOST];
  private int size;

  /**
   * No frame yet.
   *
   * @param by the columns in which frames are told apart
   */
  AlikeFrames(List<GroupColumn> by, FrameSink<?> to) {
    this.to = to;
    this.by = by.stream().filter(it -> !CountedFrames.isOfClass(it)).toArray(GroupColumn[]::new);
    values = new Object[this.by.length];
  }

  void add(ExitFrame frame) {
    if (!isLikeLast(frame)) {
      handOn();
      for (int i = 0; i < by.length; i++) {
        values[i] = by[i].of(frame);
      }
    }
    long code = FrameClass.code(frame);
    int at = 0;
    while (at < size && classes[at] != code) {
      at++;
    }
    if (at == MOST) {
      handOn();
      at = 0;
    }
    if (at == size) {
      frames[at] = frame;
      classes[at] = code;
      counts[at] = 0;
      size++;
    }
    counts[at] += frame.count();
  }

  private boolean isLikeLast(ExitFrame frame) {
    for (int i = 0; i < by.length; i++) {
      if (!Objects.equals(values[i], by[i].of(frame))) {
        return false;
      }
    }
    return true;
  }

  /** Hands on what was counted, in the order in which the first of each class came. */
  void handOn() {
    for (int i = 0; i < size; i++) {
      to.add(new TraceReplay.FrameObject(frames[i]), counts[i]);
    }
    size = 0;
  }
}
