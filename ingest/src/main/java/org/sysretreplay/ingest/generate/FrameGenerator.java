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
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.generate.Profile.Step;
import org.sysretreplay.ingest.generate.Profile.Workload;
import org.sysretreplay.ingest.generate.UserAddresses.Place;

/**
 * The frames of one generated trace, in the order of time. The same workload, seed and numbers give
 * the same frames, on every machine and every Java. Not safe for use by several threads.
 *
 * <p>As many threads as were alive at a time in the recordings take turns; each goes from template
 * to template as recorded threads did, ends where one ended, and makes room for the next. Processes
 * lie at addresses of their own, and move when they execute another program.
 */
public final class FrameGenerator implements Iterator<ExitFrame> {

  private static final long FIRST_PID = 1000;

  /** Where the kernel starts again, {@code PID_MAX_LIMIT}. */
  private static final long PID_LIMIT = 1L << 22;

  private final Draws random;
  private final Chances chances;
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

  /** A template, with what is asked of it for every frame. */
  private record Prototype(ExitFrame frame, Assembly assembly, Task task, boolean startsProgram) {

    /** Equal tasks are one object, so that a thread can tell whether its name changed. */
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
    Place place;
    long threadsToCome;

    Process(long pid, Place place, long threads) {
      this.pid = pid;
      this.place = place;
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
   * A trace to come.
   *
   * @param frames how many it has
   * @param firstSeq the number of its first frame
   * @param startNanos the time of its first frame
   */
  public FrameGenerator(Workload workload, long seed, long frames, long firstSeq, long startNanos) {
    random = new Draws(seed);
    chances = new Chances(workload, random);
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
    timeNanos += chances.gap();
    return frame;
  }

  /** The number of the template that the last frame was made from. */
  int lastTemplate() {
    return lastTemplate;
  }

  private void goOn(Thread thread) {
    int next = chances.after(thread.template);
    if (next == Step.END) {
      threads[running] = newThread();
    } else {
      thread.template = next;
      if (chances.migrates()) {
        thread.cpu = cpu();
      }
    }
    if (threads.length > 1 && chances.switches()) {
      running = (running + 1 + (int) random.below(threads.length - 1)) % threads.length;
    }
  }

  private Thread newThread() {
    Process process = newestProcess;
    Thread thread;
    if (process != null && process.threadsToCome > 0) {
      thread = new Thread(process, newPid(), chances.firstOfThread());
    } else {
      process = new Process(newPid(), addresses.draw(random), chances.threadsOfProcess());
      thread = new Thread(process, process.pid, chances.firstOfProcess());
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

  /** There are few CPUs, and each is one object. */
  private OptionalLong cpu() {
    return cpus.computeIfAbsent(chances.cpu(), OptionalLong::of);
  }

  private ExitFrame frame(Prototype made, Thread thread) {
    if (made.startsProgram()) {
      thread.process.place = addresses.draw(random);
    }
    ExitFrame from = made.frame();
    Place place = thread.process.place;
    return new ExitFrame(
        seq,
        from.timeNanos().isPresent() ? OptionalLong.of(timeNanos) : from.timeNanos(),
        from.cpu().isPresent() ? thread.cpu : from.cpu(),
        thread.task(made.task()),
        from.entry(),
        from.event(),
        from.syscall(),
        from.result(),
        moved(from.registers(), place),
        moved(from.rsp(), place),
        from.rax(),
        made.assembly().recorded().isEmpty() ? made.assembly() : moved(made.assembly(), place));
  }

  private static Assembly moved(Assembly it, Place place) {
    Optional<Recorded> recorded = it.recorded().map(of -> moved(of, place));
    return new Assembly(it.path(), it.stage(), it.cause(), recorded);
  }

  private static Recorded moved(Recorded it, Place place) {
    return new Recorded(
        it.entry(), it.path(), moved(it.registers(), place), moved(it.rsp(), place), it.rax());
  }

  private static Registers moved(Registers it, Place place) {
    return new Registers(
        place.of(it.rip()), place.of(it.rcx()), it.r11(), it.rflags(), it.cs(), it.ss());
  }

  private static OptionalLong moved(OptionalLong address, Place place) {
    return address.isPresent() ? OptionalLong.of(place.of(address.getAsLong())) : address;
  }
}
