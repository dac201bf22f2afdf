package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.ExitModel;

/** The section on the estimate of time: a table with a row for each workload and model. */
public final class CostText {

  private static final double NANOS_PER_SECOND = 1e9;

  private static final String MISSED =
      "Missed: what the checked exits that fell back to IRET cost.";

  private final CostModel cost;
  private final boolean severalModels;
  private final TextTable table;
  private boolean empty = true;
  private boolean policies;
  private boolean anySampled;

  CostText(CostModel cost, boolean severalModels, int width) {
    this.cost = cost;
    this.severalModels = severalModels;
    table = new TextTable(width).left("workload");
    if (severalModels) {
      table.left("model");
    }
    table.right("saved").right("/exit").right("/s");
    table.right("missed").right("/exit").right("/s");
    if (cost.callNanos().isPresent()) {
      table.right("average");
    }
  }

  /**
   * Adds a row.
   *
   * @param nanos the length of the workload's traces together, in nanoseconds
   * @param sampled whether exits are a sample, of which there is no total
   */
  void add(String workload, ExitModel model, Tally tally, long nanos, boolean sampled) {
    empty = false;
    policies |= !model.policies().isEmpty();
    anySampled |= sampled;
    List<String> cells = new ArrayList<>(List.of(workload));
    if (severalModels) {
      cells.add(model.id());
    }
    addCells(cells, cost.saved(tally), tally.exits(), nanos, sampled);
    addCells(cells, cost.missed(tally), tally.exits(), nanos, sampled);
    if (cost.callNanos().isPresent()) {
      cells.add(DurationText.of(cost.meanCall(tally)));
    }
    table.row(cells);
  }

  private static void addCells(
      List<String> cells, OptionalDouble sum, long exits, long traceNanos, boolean sampled) {
    OptionalDouble total = sampled ? OptionalDouble.empty() : sum;
    cells.add(DurationText.of(total));
    cells.add(DurationText.of(divided(sum, exits)));
    cells.add(DurationText.of(divided(total, traceNanos / NANOS_PER_SECOND)));
  }

  private static OptionalDouble divided(OptionalDouble total, double by) {
    return total.isPresent() && by > 0
        ? OptionalDouble.of(total.getAsDouble() / by)
        : OptionalDouble.empty();
  }

  void write(Page page) {
    if (empty) {
      return;
    }
    page.line("Time, estimated and not measured").indented(2, explanation());
    page.table(table).space();
  }

  private String explanation() {
    return "%s Saved: against linux-3.19, which checks nothing, on the same frames%s. %s Per exit, and per second of the trace%s."
        .formatted(
            assumption(cost),
            policies ? "; under a policy, against the same model without it" : "",
            MISSED,
            anySampled ? "; of sampled exits per exit only" : "");
  }

  /** Explains to readers what the cost of misses is estimated from. */
  public static String ofMisses(CostModel cost) {
    return assumption(cost) + " " + MISSED;
  }

  private static String assumption(CostModel cost) {
    return "An IRET in place of a SYSRET is taken to cost %s ns%s%s."
        .formatted(
            number(cost.iretNanos()),
            cycles(cost),
            cost.iretNanos() == CostModel.SEED_MAIL_NANOS
                ? " (the seed mail's \"nearly 80ns\"; another machine has another figure)"
                : "");
  }

  private static String cycles(CostModel cost) {
    return cost.gigahertz().isPresent()
        ? " or %s cycles at %s GHz"
            .formatted(
                number(cost.iretNanos() * cost.gigahertz().getAsDouble()),
                number(cost.gigahertz().getAsDouble()))
        : "";
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceFirst("\\.?0+$", "");
  }
}
