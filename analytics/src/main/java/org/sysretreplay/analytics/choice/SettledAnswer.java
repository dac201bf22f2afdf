package org.sysretreplay.analytics.choice;

import java.util.function.Function;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.TraceSigns;

/**
 * An answer that used everything the frames show about their machines.
 *
 * @param machines what was known of the machines for this answer
 * @param signs everything that the frames show
 * @param <A> the answer
 */
public record SettledAnswer<A>(A answer, Machines machines, TraceSigns signs) {

  /**
   * Asks, and asks again as long as the frames show something about their machines that was not
   * known: it may change which model judges them, and how.
   *
   * @param known what is known before
   * @param signs gets the signs in an answer
   */
  public static <A> SettledAnswer<A> ask(
      Machines known, Function<Machines, A> ask, Function<A, TraceSigns> signs) {
    Machines machines = known;
    A answer = ask.apply(machines);
    while (!machines.know(signs.apply(answer))) {
      machines = machines.with(signs.apply(answer));
      answer = ask.apply(machines);
    }
    return new SettledAnswer<>(answer, machines, signs.apply(answer));
  }
}
