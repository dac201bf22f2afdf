package org.sysretreplay.ingest.generate;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.ingest.generate.Profile.Step;
import org.sysretreplay.ingest.generate.Profile.Workload;
import org.sysretreplay.ingest.generate.UserAddresses.Shift;

/**
 * The frames of one generated trace, in the order of time. The same workload, seed and numbers give
 * the same frames, on every machine and every Java. Not safe for use by several threads.
 *
 * <p>As many threads take turns as were alive at a time in the recordings. Each goes from template
 * to template as recorded threads did, ends where recorded threads ended, and is then replaced by
 * the next one. Each process has addresses of its own, which change when it executes another
 * program.
 */
public final class FrameGenerator implements Iterator<ExitFrame> {

  private static final long FIRST_PID = 1000;

  /** Where the kernel starts again with small numbers, {@code PID_MAX_LIMIT}. */
  private static final long PID_LIMIT = 1L << 22;

  private final SeededRandom random;
  private final WorkloadDistributions distributions;
  private final UserAddresses addresses;
  private final Prototype[] prototypes;
  private final Map<Long, OptionalLong> cpus = new HashMap<>();
  private final Thread[] threads;
  private final long end;
  private int running;
  private int lastTemplate;
  private Process newestProcess;
  private long nextPid = FIRST_PID;
  private long seq;
  private long timeNanos;

  /** A template, with the parts that every frame needs. */
  private record Prototype(ExitFrame frame, Assembly assembly, Task task, boolean startsProgram) {

    /** Shares equal tasks, so that a thread can compare them by identity. */
    static Prototype[] of(List<Template> templates) {
      Map<Task, Task> tasks = new HashMap<>();
      return templates.stream().map(it -> of(it.frame(), tasks)).toArray(Prototype[]::new);
    }

    private static Prototype of(ExitFrame frame, Map<Task, Task> tasks) {
      Task task = tasks.computeIfAbsent(frame.task(), it -> it);
      return new Prototype(frame, frame.assembly(), task, frame.path() == EntryPath.EXECVE);
    }
  }

  private static final class Process {
    final long pid;
    Shift shift;
    long threadsToCome;

    Process(long pid, Shift shift, long threads) {
      this.pid = pid;
      this.shift = shift;
      this.threadsToCome = threads;
    }
  }

  private static final class Thread {
    final Process process;
    final long tid;
    int template;
    OptionalLong cpu;
    private Task madeFrom;
    private Task task;

    Thread(Process process, long tid, int template) {
      this.process = process;
      this.tid = tid;
      this.template = template;
    }

    Task task(Task prototype) {
      if (prototype != madeFrom) {
        madeFrom = prototype;
        task =
            new Task(
                prototype.pid().isPresent() ? OptionalLong.of(process.pid) : prototype.pid(),
                prototype.tid().isPresent() ? OptionalLong.of(tid) : prototype.tid(),
                prototype.comm());
      }
      return task;
    }
  }

  /**
   * A generator at the start of a trace.
   *
   * @param frames how many it has
   * @param firstSeq the number of its first frame
   * @param startNanos the time of its first frame
   */
  public FrameGenerator(Workload workload, long seed, long frames, long firstSeq, long startNanos) {
    random = new SeededRandom(seed);
    distributions = new WorkloadDistributions(workload, random);
    addresses = new UserAddresses(workload.templates());
    prototypes = Prototype.of(workload.templates());
    threads = new Thread[workload.scheduling().threadsAtOnce()];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = newThread();
    }
    seq = firstSeq;
    end = firstSeq + frames;
    timeNanos = startNanos;
  }

  @Override
  public boolean hasNext() {
    return seq < end;
  }

  @Override
  public ExitFrame next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the end of the trace");
    }
    Thread thread = threads[running];
    lastTemplate = thread.template;
    ExitFrame frame = frame(prototypes[lastTemplate], thread);
    goOn(thread);
    seq++;
    timeNanos = Math.addExact(timeNanos, distributions.gap());
    return frame;
  }

  /** The number of the template that the last frame was made from. */
  int lastTemplate() {
    return lastTemplate;
  }

  private void goOn(Thread thread) {
    int next = distributions.after(thread.template);
    if (next == Step.END) {
      threads[running] = newThread();
    } else {
      thread.template = next;
      if (distributions.migrates()) {
        thread.cpu = cpu();
      }
    }
    if (threads.length > 1 && distributions.switches()) {
      running = (running + 1 + (int) random.below(threads.length - 1)) % threads.length;
    }
  }

  private Thread newThread() {
    Process process = newestProcess;
    Thread thread;
    if (process != null && process.threadsToCome > 0) {
      thread = new Thread(process, newPid(), distributions.firstOfThread());
    } else {
      process = new Process(newPid(), addresses.draw(random), distributions.threadsOfProcess());
      thread = new Thread(process, process.pid, distributions.firstOfProcess());
    }
    process.threadsToCome--;
    newestProcess = process;
    thread.cpu = cpu();
    return thread;
  }

  private long newPid() {
    long pid = nextPid++;
    if (nextPid == PID_LIMIT) {
      nextPid = FIRST_PID;
    }
    return pid;
  }

  /** Shares the values of CPUs, of which there are few. */
  private OptionalLong cpu() {
    return cpus.computeIfAbsent(distributions.cpu(), OptionalLong::of);
  }

  private ExitFrame frame(Prototype made, Thread thread) {
    if (made.startsProgram()) {
      thread.process.shift = addresses.draw(random);
    }
    ExitFrame from = made.frame();
    Shift shift = thread.process.shift;
    return new ExitFrame(
        seq,
        from.timeNanos().isPresent() ? OptionalLong.of(timeNanos) : from.timeNanos(),
        from.cpu().isPresent() ? thread.cpu : from.cpu(),
        thread.task(made.task()),
        from.entry(),
        from.event(),
        from.syscall(),
        from.result(),
        shift.of(from.registers()),
        moved(from.rsp(), shift),
        from.rax(),
        made.assembly().recorded().isEmpty() ? made.assembly() : moved(made.assembly(), shift));
  }

  private static Assembly moved(Assembly it, Shift shift) {
    Optional<Recorded> recorded = it.recorded().map(of -> moved(of, shift));
    return new Assembly(it.path(), it.stage(), it.cause(), recorded);
  }

  private static Recorded moved(Recorded it, Shift shift) {
    return new Recorded(
        it.entry(), it.path(), shift.of(it.registers()), moved(it.rsp(), shift), it.rax());
  }

  private static OptionalLong moved(OptionalLong address, Shift shift) {
    return address.isPresent() ? OptionalLong.of(shift.of(address.getAsLong())) : address;
  }
}
