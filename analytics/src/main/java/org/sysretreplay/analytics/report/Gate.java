package org.sysretreplay.analytics.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Points;
import org.sysretreplay.analytics.Ratio;

/**
 * The condition that a comparison has to meet.
 *
 * @param allowedFall how far the SYSRET share may fall, in percentage points
 * @param onlyBeyondNoise whether a larger fall passes as well if chance explains it
 */
public record Gate(BigDecimal allowedFall, boolean onlyBeyondNoise) {

  /** Whether that comparison meets it. */
  Result judge(Comparison comparison) {
    return new Result(this, regressions(comparison), Judged.of(comparison));
  }

  /** How much of a comparison's exits a gate could judge. */
  public enum Judged {
    ALL("passed"),
    /** Some traces are left out, or some workloads have exits on one side only. */
    SOME("passed by what was judged, and open for what was left out"),
    NOTHING("open, since nothing was compared");

    private final String outcome;

    Judged(String outcome) {
      this.outcome = outcome;
    }

    private static Judged of(Comparison comparison) {
      if (comparison.isEmpty()) {
        return NOTHING;
      }
      return comparison.unjudged().isEmpty() && comparison.unjudgedTraces().isEmpty() ? ALL : SOME;
    }
  }

  private List<Regression> regressions(Comparison comparison) {
    List<ComparedWorkload> compared = comparison.compared();
    Stream<ComparedWorkload> all =
        compared.size() > 1 ? Stream.of(comparison.total()) : Stream.empty();
    return Stream.concat(compared.stream(), all)
        .filter(row -> row.sharePoints().isFallOfMoreThan(allowedFall))
        .filter(row -> !onlyBeyondNoise || !comparison.isNoise(row))
        .map(row -> new Regression(row.name(), row.sharePoints(), allowedFall))
        .toList();
  }

  /**
   * What a gate says of a comparison.
   *
   * @param regressions the workloads that fail the gate; if there are several workloads, their sum
   *     comes last if it fails
   * @param judged how much was judged; the gate can pass only by all
   */
  public record Result(Gate gate, List<Regression> regressions, Judged judged) {

    public Result {
      regressions = List.copyOf(regressions);
    }

    /** Whether any workload fails the gate. */
    public boolean isFailed() {
      return !regressions.isEmpty();
    }

    /** Whether no workload fails the gate, and none was left out. */
    public boolean isPassed() {
      return !isFailed() && judged == Judged.ALL;
    }

    /** The result as a sentence. */
    public String sentence() {
      return "Gate --fail-below %s%s: %s."
          .formatted(
              gate.allowedFall().toPlainString(),
              gate.onlyBeyondNoise() ? " --only-beyond-noise" : "",
              outcome());
    }

    private String outcome() {
      if (isFailed()) {
        return "failed for "
            + regressions.stream().map(Regression::workload).collect(Collectors.joining(", "));
      }
      return judged.outcome;
    }
  }

  /**
   * A workload, or the sum of all, whose SYSRET share fell too far.
   *
   * @param allowedFall how far it may fall, in percentage points
   */
  public record Regression(String workload, Points share, BigDecimal allowedFall) {

    /** What fell, and from where to where; a sentence without a full stop. */
    public String sentence() {
      return "%s: the share of exits that return by SYSRET fell from %s to %s, by %s points"
          .formatted(workload, text(share.from()), text(share.to()), share.fallBeyond(allowedFall));
    }

    private static String text(Ratio share) {
      return "%s (%s of %s)"
          .formatted(
              share.percent(), TextTable.number(share.hits()), TextTable.number(share.total()));
    }
  }
}
