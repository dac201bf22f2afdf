package org.sysretreplay.spark.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.WorkersException;

/**
 * Ends work on a standalone cluster that cannot go on. Spark itself waits for ever if the last
 * executor is lost or the master is gone.
 *
 * <p>As long as there is a master that has not given any executor yet, the cluster may just be
 * busy, and the watch waits.
 */
final class ExecutorWatch implements AutoCloseable {

  /**
   * How long to wait before something counts as wrong.
   *
   * @param withoutMaster how long there may be no executors before the master is asked
   * @param withoutExecutors how long all executors may be gone
   * @param poll how often to look
   */
  record Limits(Duration withoutMaster, Duration withoutExecutors, Duration poll) {

    /**
     * The usual limits: a worker that comes back with its executor takes some seconds, on a slow
     * machine more.
     */
    static final Limits USUAL =
        new Limits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(1));

    /** For an application with dynamic allocation, which has no executors while it has no work. */
    static final Limits ON_DEMAND =
        new Limits(USUAL.withoutMaster, Duration.ofDays(365), USUAL.poll);
  }

  /** If no executor was added for this long, no more are expected. */
  private static final Duration NO_MORE_EXECUTORS = Duration.ofSeconds(1);

  private static final long POLL_MILLIS = 50;

  private static final String ON_DEMAND = "spark.dynamicAllocation.enabled";

  /** Stands for the number of executors of an application that was stopped. */
  static final int STOPPED = -1;

  private final IntSupplier executors;
  private final Supplier<Optional<String>> masterComplaint;
  private final Runnable cancel;
  private final Limits limits;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Optional<String> complaint = Optional.empty();

  ExecutorWatch(
      IntSupplier executors,
      Supplier<Optional<String>> masterComplaint,
      Runnable cancel,
      Limits limits) {
    this.executors = executors;
    this.masterComplaint = masterComplaint;
    this.cancel = cancel;
    this.limits = limits;
  }

  /**
   * A watch that does nothing, for executors in this process and for cluster managers that end
   * failed work themselves.
   */
  static ExecutorWatch none() {
    return new ExecutorWatch(() -> 1, Optional::empty, () -> {}, Limits.USUAL);
  }

  /**
   * Starts to watch an application, and returns when it has its executors.
   *
   * @throws WorkersException if it cannot get any
   */
  static ExecutorWatch start(JavaSparkContext context, Masters masters, Progress progress) {
    boolean onDemand = context.getConf().getBoolean(ON_DEMAND, false);
    ExecutorWatch watch =
        new ExecutorWatch(
            () -> executors(context),
            masters::complaint,
            context::cancelAllJobs,
            onDemand ? Limits.ON_DEMAND : Limits.USUAL);
    watch.start();
    if (!onDemand) {
      watch.awaitExecutors(progress);
    }
    return watch;
  }

  private static int executors(JavaSparkContext context) {
    return executors(
        () -> context.sc().isStopped(),
        // The driver is in the list as well.
        () -> context.sc().statusTracker().getExecutorInfos().length - 1);
  }

  /**
   * How many executors there are. Spark cannot tell while one is just being added, of which it does
   * not know the port yet (AppStatusListener.onExecutorAdded), or while the application is being
   * stopped: then none count, and who asks again learns which it was.
   */
  static int executors(BooleanSupplier isStopped, Callable<Integer> listed) {
    try {
      return isStopped.getAsBoolean() ? STOPPED : listed.call();
    } catch (Exception e) {
      // Scala throws checked exceptions without declaring them.
      return isStopped.getAsBoolean() ? STOPPED : 0;
    }
  }

  void start() {
    Thread thread = new Thread(this::watch, "watch of Spark's executors");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * What is wrong, in one sentence; once this is present, the application's jobs have been
   * cancelled.
   */
  Optional<String> complaint() {
    return complaint;
  }

  /**
   * Returns when there are executors and no more of them are added.
   *
   * @throws WorkersException if there can be none
   */
  void awaitExecutors(Progress progress) {
    try (Progress.Bar bar = progress.begin("wait for executors", 1)) {
      int before = 0;
      long since = System.nanoTime();
      while (before == 0 || System.nanoTime() - since < NO_MORE_EXECUTORS.toNanos()) {
        if (complaint.isPresent()) {
          throw new WorkersException(complaint.get(), null);
        }
        int now = executors.getAsInt();
        if (now == STOPPED) {
          throw new WorkersException(
              "Spark was stopped before it had any executor; see the logs of its master and workers.",
              null);
        }
        if (now != before) {
          before = now;
          since = System.nanoTime();
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      bar.step();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkersException("the work was interrupted.", e);
    }
  }

  private void watch() {
    boolean any = false;
    long seen = System.nanoTime();
    try {
      while (!closed.await(limits.poll().toMillis(), TimeUnit.MILLISECONDS)) {
        int now = executors.getAsInt();
        if (now == STOPPED) {
          // Whoever waits for the application will see that it was stopped.
          return;
        }
        if (now > 0) {
          any = true;
          seen = System.nanoTime();
          continue;
        }
        complaint = complaint(Duration.ofNanos(System.nanoTime() - seen), any);
        if (complaint.isPresent()) {
          cancel.run();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // The application was stopped meanwhile.
      return;
    }
  }

  private Optional<String> complaint(Duration without, boolean any) {
    if (without.compareTo(limits.withoutMaster()) < 0) {
      return Optional.empty();
    }
    Optional<String> gone = masterComplaint.get();
    if (gone.isPresent()) {
      return Optional.of(
          "Spark cannot go on: no executor is left, and %s; start the cluster again."
              .formatted(gone.get()));
    }
    return any && without.compareTo(limits.withoutExecutors()) >= 0
        ? Optional.of(
            "Spark cannot go on: no executor is left, and none came within %d s; see the logs of the workers."
                .formatted(limits.withoutExecutors().toSeconds()))
        : Optional.empty();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
