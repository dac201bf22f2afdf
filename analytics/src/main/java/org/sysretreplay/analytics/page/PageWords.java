package org.sysretreplay.analytics.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.page.PageShell.Term;
import org.sysretreplay.analytics.page.PageShell.Terms;
import org.sysretreplay.analytics.report.CostText;
import org.sysretreplay.analytics.report.Findings;
import org.sysretreplay.analytics.report.Fleet;
import org.sysretreplay.analytics.report.IntakeText;
import org.sysretreplay.analytics.report.OutcomeColumns;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.analytics.report.ReportNotes;
import org.sysretreplay.analytics.report.Sentences;
import org.sysretreplay.analytics.report.StagesText;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;

/** The texts of a report's page. */
record PageWords(PageReport page, CostModel cost) {

  private Report report() {
    return page.asked();
  }

  String title() {
    return "sysret-replay: " + String.join(", ", report().workloads().keySet());
  }

  /** The findings, one sentence for each. */
  List<String> sentences() {
    return Findings.of(report()).sentences().stream()
        .map(it -> it.replace(" %", "\u00a0%"))
        .toList();
  }

  List<String> input() {
    return List.of(IntakeText.counts("Input", report().intake()), StagesText.sentence(report()));
  }

  /**
   * Sentences on the outcomes under the traces' own kernels; empty if the report shows them anyway.
   */
  String own() {
    return ReportNotes.own(report()).orElse("");
  }

  List<String> warnings() {
    Intake intake = report().intake();
    List<String> warnings = new ArrayList<>(IntakeText.remarks(intake));
    if (!report().question().unjudged().isEmpty()) {
      warnings.add(IntakeText.leftOut(report().question().unjudged()));
    }
    page.unreadable()
        .ifPresent(
            it ->
                warnings.add(
                    "The places that misses return to are left out; all other numbers are complete: "
                        + it));
    return warnings;
  }

  String oddRule() {
    return Fleet.RULE;
  }

  String intervalRule() {
    return "Below each SYSRET share is its Wilson interval in percent, widened for the number of workloads.";
  }

  String costRule() {
    return CostText.ofMisses(cost);
  }

  List<String> notes() {
    return ReportNotes.of(report());
  }

  /** All terms that tables of pages can show. */
  static List<Terms> terms() {
    return List.of(
        new Terms(
            "Rates",
            List.of(
                new Term("hit rate", OutcomeColumns.HIT_RATE_SENTENCE),
                new Term("SYSRET share", OutcomeColumns.SHARE_SENTENCE))),
        new Terms(
            "Ways back",
            Stream.of(Outcome.values())
                .map(it -> new Term(it.name(), Sentences.capital(it.sentence()) + "."))
                .toList()),
        new Terms(
            "Checks that fail",
            Stream.of(MissReason.values())
                .map(
                    it ->
                        new Term(it.name(), Sentences.capital(it.sentence()) + ". " + it.advice()))
                .toList()),
        new Terms(
            "Causes",
            Stream.of(Cause.values())
                .map(
                    it ->
                        new Term(
                            it.name(),
                            "%s. Given where %s."
                                .formatted(Sentences.capital(it.sentence()), it.rule())))
                .toList()));
  }
}
