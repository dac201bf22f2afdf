package org.sysretreplay.analytics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The difference of two ratios in percentage points; every such difference is printed by this type.
 * It is not known if either ratio is a ratio of nothing.
 */
public record Points(Ratio from, Ratio to) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** The difference {@code to - from}, from -100 to 100; empty if it is not known. */
  public OptionalDouble value() {
    return exact().map(it -> OptionalDouble.of(it.doubleValue())).orElseGet(OptionalDouble::empty);
  }

  /**
   * The difference as text, for example {@code +2.4} or {@code -13.0}; {@code n/a} if it is not
   * known. It is the difference of the ratios as they are printed, so that a reader who subtracts
   * them gets the same. Only equal ratios give 0.0: if they differ and are printed alike, it is
   * {@code < +0.1} or {@code > -0.1}.
   */
  public String text() {
    return isKnown() ? shown() : "n/a";
  }

  /**
   * The same within a sentence that says whether it rose or fell: {@code -13.0 points}, or {@code
   * by less than 0.1 points} where the ratios differ and are printed alike.
   */
  public String inSentence() {
    boolean tiny = isKnown() && tenths() == 0 && numerator().signum() != 0;
    return tiny ? "by less than 0.1 points" : text() + " points";
  }

  private long tenths() {
    return to.tenths() - from.tenths();
  }

  private String shown() {
    long tenths = tenths();
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

  /**
   * Whether {@code to} is more than {@code points} below {@code from}; compared exactly, without
   * rounding.
   */
  public boolean isFallOfMoreThan(BigDecimal points) {
    return isKnown() && numerator().negate().compareTo(points.multiply(denominator())) > 0;
  }

  /**
   * How far {@code to} is below {@code from}, as text: the difference of the ratios as they are
   * printed, if that alone is more than {@code points}; else with the digits that show it.
   *
   * @param points less than it fell
   */
  public String fallBeyond(BigDecimal points) {
    BigDecimal printed = BigDecimal.valueOf(-tenths(), 1);
    return (printed.compareTo(points) > 0 ? printed : exactFallBeyond(points)).toPlainString();
  }

  private BigDecimal exactFallBeyond(BigDecimal points) {
    if (!isFallOfMoreThan(points)) {
      throw new IllegalArgumentException("%s is no fall of more than %s".formatted(this, points));
    }
    int digits = Math.max(1, points.stripTrailingZeros().scale() + 1);
    return Stream.iterate(digits, it -> it + 1)
        .map(this::fall)
        .filter(it -> it.compareTo(points) > 0)
        .findFirst()
        .orElseThrow();
  }

  private BigDecimal fall(int digits) {
    return numerator().negate().divide(denominator(), digits, RoundingMode.HALF_UP);
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
