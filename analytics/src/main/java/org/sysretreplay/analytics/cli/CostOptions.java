package org.sysretreplay.analytics.cli;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.analytics.cli.ReportOutput.Format;
import picocli.CommandLine.Option;

/** The options of the cost model. */
final class CostOptions {

  private static final String IRET = "--iret-ns";
  private static final String CLOCK = "--ghz";
  private static final String CALL = "--call-ns";

  @Option(
      names = IRET,
      paramLabel = "NANOS",
      description =
          "How much longer IRET takes than SYSRET, for the estimate of time (default: "
              + (int) CostModel.SEED_MAIL_NANOS
              + ", the figure of the seed mail). With text or html.")
  private Double iretNanos;

  @Option(
      names = CLOCK,
      paramLabel = "GHZ",
      description = "Show that also as cycles of a clock of so many GHz. With text or html.")
  private Double gigahertz;

  @Option(
      names = CALL,
      paramLabel = "NANOS",
      description =
          "What an exit takes, its work in the kernel included, when it returns by SYSRET; shows what an"
              + " average exit takes, those of faults and interrupts among them. With text.")
  private Double callNanos;

  /**
   * Checks the options before any work is done.
   *
   * @throws UsageException if a value is invalid, or the format does not show what it is for
   */
  void prepare(Format format) {
    model();
    checkShown(iretNanos, IRET, format, Format.TEXT, Format.HTML);
    checkShown(gigahertz, CLOCK, format, Format.TEXT, Format.HTML);
    checkShown(callNanos, CALL, format, Format.TEXT);
  }

  private static void checkShown(Double value, String option, Format format, Format... showing) {
    if (value != null && !List.of(showing).contains(format)) {
      String formats =
          Stream.of(showing).map(CostOptions::name).collect(Collectors.joining(" or "));
      throw new UsageException(
          "%s: %s has no place for this estimate; give --format %s, or leave it out."
              .formatted(option, name(format), formats));
    }
  }

  private static String name(Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  CostModel model() {
    return new CostModel(
        optional(IRET, iretNanos).orElse(CostModel.SEED_MAIL_NANOS),
        optional(CLOCK, gigahertz),
        optional(CALL, callNanos));
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
