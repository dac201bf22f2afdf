package org.sysretreplay.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.SampleObserver;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;

/**
 * Collects the events of a frame's thread around the frame: the last ones before it and the first
 * ones after it.
 */
final class ThreadWindow implements SampleObserver {

  private final long seq;
  private final OptionalLong thread;
  private final List<ThreadEvent> events = new ArrayList<>();
  private Optional<ThreadEvent> before = Optional.empty();
  private boolean sampled;
  private long frames;
  private long taken = -1;
  private boolean reached;
  private int after;

  ThreadWindow(ExitFrame frame) {
    seq = frame.seq();
    thread = frame.task().thread();
  }

  @Override
  public void see(Sample sample, TraceRecord record) {
    sampled = true;
    Optional<ExitFrame> frame =
        record instanceof Accepted accepted
            ? Optional.of(accepted.frame().numbered(frames++))
            : Optional.empty();
    if (isOfThread(sample.task().thread())) {
      ThreadEvent event = ThreadEvent.of(sample, frame);
      add(before.map(event::endOf).orElse(event));
      before = Optional.of(event);
    }
  }

  /** Takes a record once it is assembled, which may be long after its sample was seen. */
  void take(TraceRecord record) {
    TraceFile.frame(record).ifPresent(frame -> take(frame, record instanceof InKernel));
  }

  private void take(ExitFrame frame, boolean inKernel) {
    taken = frame.seq();
    if (!sampled && isOfThread(frame.task().thread())) {
      add(ThreadEvent.of(frame));
    }
    events.replaceAll(it -> it.isFrame(taken) ? asTold(it, frame, inKernel) : it);
  }

  /** The event, corrected by what the assembled frame shows. */
  private static ThreadEvent asTold(ThreadEvent event, ExitFrame frame, boolean inKernel) {
    return inKernel ? event.ofKernel() : event.ofCall(frame.syscall());
  }

  private boolean isOfThread(OptionalLong other) {
    return thread.isPresent() && thread.equals(other);
  }

  private void add(ThreadEvent event) {
    if (reached) {
      addAfter(event);
      return;
    }
    events.add(event);
    reached = event.isFrame(seq);
    if (!reached && events.size() > FrameStory.NEIGHBOURS) {
      events.remove(0);
    }
  }

  private void addAfter(ThreadEvent event) {
    if (after < FrameStory.NEIGHBOURS) {
      events.add(event);
      after++;
    }
  }

  /** Whether all events are there and all their frames are assembled. */
  boolean isComplete() {
    boolean allThere = thread.isEmpty() || after == FrameStory.NEIGHBOURS;
    return allThere && taken >= last();
  }

  private long last() {
    return events.stream().flatMapToLong(it -> it.seq().stream()).max().orElse(seq);
  }

  /** Whether the trace has frames only, and no other events. */
  boolean framesOnly() {
    return !sampled;
  }

  /** The events in the order of the trace. */
  List<ThreadEvent> events() {
    return events;
  }
}
