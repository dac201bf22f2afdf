package org.sysretreplay.ingest.flow;

import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * How many processors the work of a thread may use. A process that has the machine to itself uses
 * all; a task that shares it with others is given its number.
 */
public final class GivenProcessors {

  private static final ThreadLocal<Integer> GIVEN = new ThreadLocal<>();

  private GivenProcessors() {}

  /** Does work of this thread with so many processors, its own included; at least one. */
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

  /** How many this thread was given; empty where it may use the machine. */
  public static OptionalInt given() {
    Integer given = GIVEN.get();
    return given == null ? OptionalInt.empty() : OptionalInt.of(given);
  }

  /**
   * How many threads may run beside this one, at least one: of those that wait most of the time.
   */
  public static int helpers(int ofMachine) {
    return Math.max(1, given().isPresent() ? given().getAsInt() - 1 : ofMachine);
  }
}
