package org.sysretreplay.analytics;

import java.util.Objects;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;

/**
 * Counts neighbouring frames of the same class and hands them on together, so that each class is
 * judged once and not each frame: a trace has millions of frames and a few dozen classes (benchmark
 * process/check-exits-only).
 */
final class FrameCoalescer {

  /** Classes counted at the same time; most traces have fewer in all. */
  private static final int MOST = 16;

  private final FrameSink<?> to;

  /** The columns asked for whose values do not follow from the class. */
  private final GroupColumn[] by;

  private final boolean byAddress;

  /** The address that all counted frames return to; used only with {@link #byAddress}. */
  private long address;

  /** The values that all counted frames have in these columns. */
  private final Object[] values;

  private final ExitFrame[] frames = new ExitFrame[MOST];
  private final long[] classes = new long[MOST];
  private final long[] counts = new long[MOST];
  private int size;

  /**
   * @param question says which columns tell frames apart
   */
  FrameCoalescer(Fold<?> question, FrameSink<?> to) {
    this.to = to;
    byAddress = question.byAddress();
    by =
        question.by().stream()
            .filter(it -> !RepresentativeFrame.isOfClass(it))
            .toArray(GroupColumn[]::new);
    values = new Object[this.by.length];
  }

  void add(ExitFrame frame) {
    if (!isLikeLast(frame)) {
      flush();
      for (int i = 0; i < by.length; i++) {
        values[i] = by[i].of(frame);
      }
      address = frame.registers().rip();
    }
    long code = FrameClass.code(frame);
    int at = 0;
    while (at < size && classes[at] != code) {
      at++;
    }
    if (at == MOST) {
      flush();
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
    return !byAddress || size > 0 && address == frame.registers().rip();
  }

  /** Hands on what was counted, in the order in which the first of each class came. */
  void flush() {
    for (int i = 0; i < size; i++) {
      to.add(new TraceReplay.FrameObject(frames[i]), counts[i]);
    }
    size = 0;
  }
}
