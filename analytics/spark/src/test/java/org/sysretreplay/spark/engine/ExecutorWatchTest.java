package org.sysretreplay.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.WorkersException;
import org.sysretreplay.spark.engine.ExecutorWatch.Limits;

/** The watch gives work up in time; tests use milliseconds for the program's seconds. */
class ExecutorWatchTest {

  private static final Limits LIMITS =
      new Limits(Duration.ofMillis(20), Duration.ofMillis(1_000), Duration.ofMillis(1));

  private static final Limits NEVER_WITHOUT_EXECUTORS =
      new Limits(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));

  private final AtomicInteger executors = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private volatile Optional<String> master = Optional.empty();
  private ExecutorWatch watch = ExecutorWatch.none();

  private void start(Limits limits) {
    watch =
        new ExecutorWatch(
            executors::get,
            () -> {
              asked.incrementAndGet();
              return master;
            },
            cancelled::countDown,
            limits);
    watch.start();
  }

  @AfterEach
  void close() {
    watch.close();
  }

  private void awaitCancelled() throws InterruptedException {
    assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anExecutorThatIsJustBeingAddedIsNoEnd() {
    Callable<Integer> fails =
        () -> {
          throw new NullPointerException("hostPort");
        };

    assertThat(ExecutorWatch.executors(() -> false, fails)).isZero();
    assertThat(ExecutorWatch.executors(() -> true, fails)).isEqualTo(ExecutorWatch.STOPPED);
    assertThat(ExecutorWatch.executors(() -> false, () -> 2)).isEqualTo(2);
    assertThat(ExecutorWatch.executors(() -> true, () -> 2)).isEqualTo(ExecutorWatch.STOPPED);
  }

  @Test
  void workEndsWhereNoExecutorIsLeftAndTheMasterIsGone() throws InterruptedException {
    master = Optional.of("nobody answers at h:1 (refused)");
    start(LIMITS);

    awaitCancelled();

    assertThat(watch.complaint())
        .contains(
            "Spark cannot go on: no executor is left, and nobody answers at h:1 (refused); start the"
                + " cluster again.");
    assertThatExceptionOfType(WorkersException.class)
        .isThrownBy(() -> watch.awaitExecutors(Progress.NONE))
        .withMessage(watch.complaint().orElseThrow());
  }

  @Test
  void workEndsWhereTheLastExecutorIsLostAndNoneComes() throws InterruptedException {
    executors.set(2);
    start(LIMITS);
    watch.awaitExecutors(Progress.NONE);
    executors.set(0);

    awaitCancelled();

    assertThat(watch.complaint())
        .contains(
            "Spark cannot go on: no executor is left, and none came within 1 s; see the logs of the"
                + " workers.");
  }

  @Test
  void aClusterThatIsBusyMayTakeItsTime() throws InterruptedException {
    start(NEVER_WITHOUT_EXECUTORS);
    while (asked.get() < 50) {
      TimeUnit.MILLISECONDS.sleep(1);
    }

    assertThat(watch.complaint()).isEmpty();
    assertThat(cancelled.getCount()).isOne();
  }

  @Test
  void nobodyAsksTheMasterWhileThereAreExecutors() throws InterruptedException {
    master = Optional.of("gone");
    executors.set(1);
    start(LIMITS);
    watch.awaitExecutors(Progress.NONE);

    assertThat(asked).hasValue(0);
    assertThat(watch.complaint()).isEmpty();
  }

  @Test
  void anApplicationThatIsStoppedBeforeItHasAnyExecutorIsToldOf() {
    executors.set(ExecutorWatch.STOPPED);
    start(LIMITS);

    assertThatExceptionOfType(WorkersException.class)
        .isThrownBy(() -> watch.awaitExecutors(Progress.NONE))
        .withMessage(
            "Spark was stopped before it had any executor; see the logs of its master and workers.");
    assertThat(watch.complaint()).isEmpty();
  }
}
