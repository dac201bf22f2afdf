package org.sysretreplay.analytics.choice;

import java.util.function.Function;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.TraceSigns;

/**
 * An answer that agrees with what the frames show of their machines.
 *
 * @param machines what was known of the machines when the answer was given
 * @param signs all that the frames show
 * @param <A> the answer
 */
public record Settled<A>(A answer, Machines machines, TraceSigns signs) {

  /**
   * Asks, and asks once more where the frames turn out to show what was not known of their machine:
   * that decides who judges them and how.
   *
   * @param known what is known before
   * @param signs what the frames show that an answer was made from
   */
  public static <A> Settled<A> ask(
      Machines known, Function<Machines, A> ask, Function<A, TraceSigns> signs) {
    Machines machines = known;
    A answer = ask.apply(machines);
    while (!machines.know(signs.apply(answer))) {
      machines = machines.with(signs.apply(answer));
      answer = ask.apply(machines);
    }
    return new Settled<>(answer, machines, signs.apply(answer));
  }
}
