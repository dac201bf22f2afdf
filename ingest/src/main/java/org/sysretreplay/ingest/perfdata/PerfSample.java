package org.sysretreplay.ingest.perfdata;

import java.util.OptionalLong;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.ingest.sample.EventFields;
import org.sysretreplay.ingest.sample.Sample;
import org.sysretreplay.ingest.sample.UserRegisters;
import org.sysretreplay.ingest.trace.Place;

/** A sample of a perf.data. The name of its thread is set later, when samples are in time order. */
final class PerfSample extends Sample implements PerfDataEntry {

  private final boolean inFileOrder;
  private final boolean ofTask;
  private final int pid;
  private final int tid;

  /**
   * A sample of an unknown thread.
   *
   * @param offset where its record begins, in bytes of the file
   * @param task its process in the lower half, its thread in the upper; 0 if it does not say
   * @param timeNanos when it was taken; 0 if it does not say
   */
  PerfSample(
      Place.Source places,
      long offset,
      PerfEvent event,
      long task,
      long timeNanos,
      OptionalLong cpu,
      EventFields fields,
      UserRegisters registers) {
    super(
        places,
        offset,
        event.kind(),
        event.head().hasTime(),
        timeNanos,
        cpu,
        Task.UNKNOWN,
        fields,
        registers);
    inFileOrder = !event.attr().newestFirst();
    ofTask = event.head().hasTask();
    pid = (int) task;
    tid = (int) (task >>> Integer.SIZE);
  }

  /**
   * Whether the event's buffer is written forwards, so that samples of a thread on a processor
   * stand in time order.
   */
  boolean isInFileOrder() {
    return inFileOrder;
  }

  /** The thread's number; 0 if the sample does not say. */
  int tid() {
    return tid;
  }

  /** Sets the thread with the name that it has at this time. */
  void nameBy(ThreadNames names) {
    if (ofTask) {
      setTask(names.task(pid, tid));
    }
  }
}
