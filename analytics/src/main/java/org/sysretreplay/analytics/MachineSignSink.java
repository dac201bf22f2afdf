package org.sysretreplay.analytics;

import java.util.EnumSet;
import java.util.Set;
import org.sysretreplay.emulator.MachineSign;

/** Hands frames on to another sink, and collects what they show of their machine. */
final class MachineSignSink<T> implements FrameSink<T> {

  private final FrameSink<T> to;
  private final String traceId;
  private final Set<MachineSign> signs = EnumSet.noneOf(MachineSign.class);

  MachineSignSink(FrameSink<T> to, String traceId) {
    this.to = to;
    this.traceId = traceId;
  }

  @Override
  public void add(FrameView frame, long count) {
    signs.addAll(MachineSign.of(frame, frame.stage()));
    to.add(frame, count);
  }

  @Override
  public T table() {
    return to.table();
  }

  /** The signs of all frames so far. */
  TraceSigns signs() {
    return TraceSigns.of(traceId, signs);
  }
}
