package org.sysretreplay.ingest.generate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;

/** Follows the threads of one trace, and has the workload's learner count what they do. */
final class TraceLearner {

  private final WorkloadLearner workload;
  private final Map<OptionalLong, Process> processes = new HashMap<>();

  /** The threads by their id. Frames without an id count as those of one thread. */
  private final Map<OptionalLong, Thread> threads = new LinkedHashMap<>();

  private long frames;
  private Thread lastThread;
  private OptionalLong lastTime = OptionalLong.empty();

  private static final class Process {
    AddressNormalizer addresses = new AddressNormalizer();
    long threads;
  }

  private static final class Thread {
    final Process process;
    final long firstFrame;
    long lastFrame;
    int template;
    OptionalLong cpu = OptionalLong.empty();

    Thread(Process process, long firstFrame) {
      this.process = process;
      this.firstFrame = firstFrame;
    }
  }

  TraceLearner(WorkloadLearner workload) {
    this.workload = workload;
  }

  void take(ExitFrame frame) {
    forgetAnEarlierThreadOfThatNumber(frame);
    Thread thread = threads.get(frame.task().tid());
    boolean isNew = thread == null;
    if (isNew) {
      thread = new Thread(process(frame), frames);
      threads.put(frame.task().tid(), thread);
    }
    if (frame.path() == EntryPath.EXECVE) {
      thread.process.addresses = new AddressNormalizer();
    }
    int template = workload.template(Template.of(thread.process.addresses.normalized(frame)));
    if (isNew) {
      workload.begins(template, thread.process.threads++ == 0);
    } else {
      workload.step(thread.template, template);
    }
    thread.template = template;
    thread.lastFrame = frames++;
    takeWhereAndWhen(frame, thread);
  }

  /** Ends an earlier thread with the number of a child that returns for the first time. */
  private void forgetAnEarlierThreadOfThatNumber(ExitFrame frame) {
    Thread earlier = frame.path().isOfChild() ? threads.remove(frame.task().tid()) : null;
    if (earlier != null) {
      end(earlier);
      if (frame.task().pid().equals(frame.task().tid())) {
        end(processes.remove(frame.task().pid()));
      }
    }
  }

  private Process process(ExitFrame frame) {
    OptionalLong pid = frame.task().pid().isPresent() ? frame.task().pid() : frame.task().tid();
    return processes.computeIfAbsent(pid, it -> new Process());
  }

  private void takeWhereAndWhen(ExitFrame frame, Thread thread) {
    boolean switched = lastThread != null && lastThread != thread;
    boolean migrated = thread.cpu.isPresent() && !thread.cpu.equals(frame.cpu());
    workload.scheduled(switched, migrated);
    frame.cpu().ifPresent(workload::onCpu);
    if (frame.timeNanos().isPresent() && lastTime.isPresent()) {
      // The difference can be negative for late records and for JSON lines.
      workload.gap(frame.timeNanos().getAsLong() - lastTime.getAsLong());
    }
    lastThread = thread;
    thread.cpu = frame.cpu();
    lastTime = frame.timeNanos();
  }

  void end() {
    threads.values().forEach(this::end);
    processes.values().forEach(this::end);
  }

  private void end(Thread thread) {
    workload.ends(thread.template, thread.lastFrame - thread.firstFrame + 1);
  }

  private void end(Process process) {
    if (process != null) {
      workload.process(process.threads);
    }
  }
}
