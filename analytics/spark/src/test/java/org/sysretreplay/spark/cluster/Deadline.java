package org.sysretreplay.spark.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for other processes, up to a limit. */
public final class Deadline {

  private static final long POLL_MILLIS = 50;

  private Deadline() {}

  /**
   * Returns as soon as the condition holds; a condition that throws does not hold yet.
   *
   * @param the name of the condition, for people
   * @param evidence text for the error if the condition does not hold in time
   * @throws AssertionError if the condition does not hold in time
   */
  public static void await(
      String what, Duration limit, Callable<Boolean> condition, Supplier<String> evidence) {
    long end = System.nanoTime() + limit.toNanos();
    Exception last = null;
    while (System.nanoTime() < end) {
      try {
        if (condition.call()) {
          return;
        }
        last = null;
      } catch (Exception e) {
        last = e;
      }
      pause();
    }
    throw new AssertionError(
        "not within %d s: %s%n%s".formatted(limit.toSeconds(), what, evidence.get()), last);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
