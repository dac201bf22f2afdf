package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;

/**
 * The result for some exits: how they return, and the main reason and cause of the misses.
 *
 * @param sampled whether the exits are a sample of all
 * @param reason the check that fails first most often; empty where nothing misses
 * @param cause what makes most misses; empty where nothing misses
 */
public record Finding(
    OutcomeCounts outcomes,
    boolean sampled,
    Optional<Leading<MissReason>> reason,
    Optional<Leading<Cause>> cause) {

  /** The result for the exits of a tally. */
  public static Finding of(Tally tally) {
    return of(tally, false);
  }

  /**
   * What a tally comes to.
   *
   * @param sampled whether it is of a sample of all exits
   */
  static Finding of(Tally tally, boolean sampled) {
    long misses = tally.count(Outcome.IRET_MISS);
    return new Finding(
        OutcomeCounts.of(tally),
        sampled,
        Leading.of(tally.firstMisses(), misses),
        Leading.of(tally.causes(), misses));
  }

  /** How many checked exits were sent to IRET. */
  public long misses() {
    return outcomes.count(Outcome.IRET_MISS);
  }

  /**
   * The result as a sentence without a full stop, for example {@code 35.9 % of 2,489 exits return
   * by SYSRET; of the 1,595 misses 98.7 % fail RCX_NOT_RIP first, and 95.9 % are caused by FAULT}.
   */
  public String sentence() {
    return text(misses() == 0 ? noMiss() : ofTheMisses());
  }

  /**
   * The same in fewer words, for example {@code 35.9 % of 2,489 exits return by SYSRET; 1,595
   * misses: RCX_NOT_RIP 98.7 %, FAULT 95.9 %}.
   */
  public String brief() {
    return text(misses() == 0 ? noMiss() : theMisses());
  }

  private String text(String aboutMisses) {
    if (outcomes.exits() == 0) {
      return "there is no exit to count";
    }
    if (isAll(of(Outcome.ERETU))) {
      return soMany(of(Outcome.ERETU), "by ERETU");
    }
    List<String> parts = new ArrayList<>();
    parts.add(soMany(outcomes.sysretShare(), "by SYSRET") + margin());
    boolean anyChecked = outcomes.checked() > 0;
    others(Outcome.IRET_ROUTE, anyChecked ? "by IRET without a check" : "by IRET", parts);
    others(Outcome.ERETU, "by ERETU", parts);
    parts.add(aboutMisses);
    return String.join("; ", parts);
  }

  private Ratio of(Outcome outcome) {
    return new Ratio(outcomes.count(outcome), outcomes.exits());
  }

  /** Where the share of all exits lies, where these are a sample of them. */
  private String margin() {
    return sampled
        ? " (95 %% interval %s)".formatted(new SampleMargin(outcomes.sysretShare()).ends())
        : "";
  }

  private String soMany(Ratio share, String way) {
    String exit = sampled ? "sampled exit" : "exit";
    if (share.total() == 1) {
      return share.hits() == 1
          ? "the one %s returns %s".formatted(exit, way)
          : "the one %s does not return %s".formatted(exit, way);
    }
    if (share.hits() == 0) {
      return "none of %s %ss returns %s".formatted(number(share.total()), exit, way);
    }
    return isAll(share)
        ? "all %s %ss return %s".formatted(number(share.total()), exit, way)
        : "%s of %s %ss return %s".formatted(share.percent(), number(share.total()), exit, way);
  }

  private void others(Outcome outcome, String way, List<String> parts) {
    Ratio share = of(outcome);
    if (share.hits() > 0) {
      String some = share.total() == 1 ? "it does" : isAll(share) ? "all" : share.percent();
      parts.add(some + " " + way);
    }
  }

  private String noMiss() {
    return outcomes.checked() == 0 ? "no register is checked" : "no check fails";
  }

  private String ofTheMisses() {
    String first = reason.orElseThrow().what().name();
    Leading<Cause> made = cause.orElseThrow();
    if (misses() == 1) {
      return made.what() == Cause.UNKNOWN
          ? "the one miss fails %s first, and its cause is not known".formatted(first)
          : "the one miss fails %s first, and its cause is %s".formatted(first, made.what());
    }
    Ratio share = reason.orElseThrow().share();
    String fail =
        isAll(share)
            ? "all %s misses fail %s first".formatted(number(misses()), first)
            : "of the %s misses %s fail %s first"
                .formatted(number(misses()), share.percent(), first);
    return fail + ", and " + caused(made);
  }

  private static String caused(Leading<Cause> made) {
    String many = isAll(made.share()) ? "all" : made.share().percent();
    return made.what() == Cause.UNKNOWN
        ? "the cause of %s is not known".formatted(many)
        : "%s are caused by %s".formatted(many, made.what());
  }

  private static boolean isAll(Ratio share) {
    return share.hits() == share.total();
  }

  private String theMisses() {
    return "%s %s: %s, %s"
        .formatted(
            number(misses()),
            misses() == 1 ? "miss" : "misses",
            brief(reason.orElseThrow()),
            brief(cause.orElseThrow()));
  }

  private static String brief(Leading<?> leading) {
    return leading.what() + " " + leading.share().percent();
  }
}
