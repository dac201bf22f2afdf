package org.sysretreplay.analytics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far one ratio lies above another, in percentage points: the one type that prints such a
 * difference. A difference from or to a ratio of nothing is not known.
 */
public record Points(Ratio from, Ratio to) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** The difference, from -100 to 100. */
  public OptionalDouble value() {
    return exact().map(it -> OptionalDouble.of(it.doubleValue())).orElseGet(OptionalDouble::empty);
  }

  /**
   * As in {@code +2.4} and {@code -13.0}: the difference of the two ratios as they are printed, so
   * that a reader who subtracts them comes to the same; {@code n/a} where it is not known. Only
   * none at all prints as 0.0: where the ratios differ and print alike, it is {@code < +0.1} or
   * {@code > -0.1}.
   */
  public String text() {
    return isKnown() ? shown() : "n/a";
  }

  private String shown() {
    long tenths = to.tenths() - from.tenths();
    if (tenths != 0) {
      return String.format(Locale.ROOT, "%+.1f", tenths / 10.0);
    }
    int sign = numerator().signum();
    if (sign == 0) {
      return "0.0";
    }
    return sign > 0 ? "< +0.1" : "> -0.1";
  }

  private Optional<BigDecimal> exact() {
    return isKnown()
        ? Optional.of(numerator().divide(denominator(), MathContext.DECIMAL64))
        : Optional.empty();
  }

  /** Whether the second ratio lies more than so many points below the first; nothing is rounded. */
  public boolean isFallOfMoreThan(BigDecimal points) {
    return isKnown() && numerator().negate().compareTo(points.multiply(denominator())) > 0;
  }

  private boolean isKnown() {
    return from.total() > 0 && to.total() > 0;
  }

  private BigDecimal numerator() {
    return product(to.hits(), from.total())
        .subtract(product(from.hits(), to.total()))
        .multiply(HUNDRED);
  }

  private BigDecimal denominator() {
    return product(from.total(), to.total());
  }

  private static BigDecimal product(long left, long right) {
    return BigDecimal.valueOf(left).multiply(BigDecimal.valueOf(right));
  }
}
