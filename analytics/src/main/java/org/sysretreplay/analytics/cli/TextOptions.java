package org.sysretreplay.analytics.cli;

import java.util.OptionalInt;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.analytics.report.Ranking;
import org.sysretreplay.analytics.report.Screen;
import org.sysretreplay.analytics.report.TextReport.Layout;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options on which workloads a report shows to a reader, and in which order. */
final class TextOptions {

  private static final String SORT = "--sort";
  private static final String TOP = "--top";

  @Option(
      names = SORT,
      paramLabel = "ORDER",
      description =
          "The order of workloads: name, misses or exits (most first), or share (the lowest SYSRET"
              + " share first) (default: name). Not of JSON, HTML and Parquet.")
  private String sort;

  @Option(
      names = TOP,
      paramLabel = "N",
      description =
          "Show the first N workloads of that order only; text and Markdown sum up the others."
              + " Not of JSON, HTML and Parquet.")
  private String top;

  @Mixin private TermsOption terms = new TermsOption();

  /**
   * Checks the options before any work is done.
   *
   * @throws UsageException if a value is invalid, or the format does not support an option
   */
  void prepare(ReportOutput.Format format) {
    ranking();
    if (!format.isRanked()) {
      refuse(sort != null, SORT, "always has all workloads by name; leave it out");
      refuse(top != null, TOP, "always has all workloads; leave it out");
    }
    terms.prepare(format == ReportOutput.Format.TEXT);
  }

  private static void refuse(boolean given, String option, String why) {
    if (given) {
      throw new UsageException("%s: this format %s.".formatted(option, why));
    }
  }

  Ranking ranking() {
    Ranking.Order order =
        sort == null ? Ranking.USUAL.order() : EnumOption.of(Ranking.Order.class, SORT, sort);
    return new Ranking(order, top == null ? OptionalInt.empty() : OptionalInt.of(number(top)));
  }

  private static int number(String text) {
    if (!text.matches("0*[1-9]\\d{0,8}")) {
      throw new UsageException("%s %s: give a number from 1 on.".formatted(TOP, text));
    }
    return Integer.parseInt(text);
  }

  Layout layout(Screen screen, CostModel cost) {
    return new Layout(screen, ranking(), cost, terms.areExplained());
  }
}
