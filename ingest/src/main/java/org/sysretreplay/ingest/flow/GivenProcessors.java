package org.sysretreplay.ingest.flow;

import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The number of processors that a thread's work may use, as the thread was given it. Without it the
 * work uses the whole machine, as in a process of its own; a task that shares the machine with
 * others is given its share.
 */
public final class GivenProcessors {

  private static final ThreadLocal<Integer> GIVEN = new ThreadLocal<>();

  private GivenProcessors() {}

  /**
   * Does some work on this thread with that many processors, this thread's included; at least one.
   */
  public static <T> T use(int processors, Supplier<T> work) {
    Integer before = GIVEN.get();
    GIVEN.set(Math.max(1, processors));
    try {
      return work.get();
    } finally {
      if (before == null) {
        GIVEN.remove();
      } else {
        GIVEN.set(before);
      }
    }
  }

  /** The number that this thread was given; empty if it may use the whole machine. */
  public static OptionalInt given() {
    Integer given = GIVEN.get();
    return given == null ? OptionalInt.empty() : OptionalInt.of(given);
  }

  /**
   * How many helper threads may run beside this one; at least one, since helpers wait most of the
   * time.
   */
  public static int helpers(int ofMachine) {
    return Math.max(1, given().isPresent() ? given().getAsInt() - 1 : ofMachine);
  }
}
