package org.sysretreplay.analytics.cli;

import java.util.OptionalDouble;
import org.sysretreplay.analytics.CostModel;
import picocli.CommandLine.Option;

/** The options of the cost model. */
final class CostOptions {

  @Option(
      names = "--iret-ns",
      paramLabel = "NANOS",
      defaultValue = "80",
      description =
          "How much longer IRET takes than SYSRET, for the estimate of time (default:"
              + " ${DEFAULT-VALUE}, the figure of the seed mail).")
  private double iretNanos = CostModel.SEED_MAIL_NANOS;

  @Option(
      names = "--ghz",
      paramLabel = "GHZ",
      description = "Show that also as cycles of a clock of so many GHz.")
  private Double gigahertz;

  @Option(
      names = "--call-ns",
      paramLabel = "NANOS",
      description =
          "What an exit takes, its work in the kernel included, when it returns by SYSRET; shows what an"
              + " average exit takes, those of faults and interrupts among them.")
  private Double callNanos;

  CostModel model() {
    require("--iret-ns", iretNanos);
    return new CostModel(iretNanos, optional("--ghz", gigahertz), optional("--call-ns", callNanos));
  }

  private static OptionalDouble optional(String option, Double value) {
    if (value == null) {
      return OptionalDouble.empty();
    }
    require(option, value);
    return OptionalDouble.of(value);
  }

  private static void require(String option, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new UsageException("%s %s: give a number above 0.".formatted(option, value));
    }
  }
}
