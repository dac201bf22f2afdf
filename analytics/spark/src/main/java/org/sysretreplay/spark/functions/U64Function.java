package org.sysretreplay.spark.functions;

import java.math.BigInteger;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Internal;

/**
 * The function that turns an unsigned 64-bit number, or a text, into a BIGINT with the same bits.
 * Spark's generated code calls {@code invoke} with unboxed columns.
 *
 * @param binding the function and the argument types of one call
 */
@Internal
public record U64Function(Binding binding) implements Bound<Long> {

  private static final BigInteger MOST =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

  /** For {@code 0x} and hexadecimal digits, or decimal digits; null for null. */
  public static Long invoke(UTF8String text) {
    if (text == null) {
      return null;
    }
    String digits = text.toString().strip();
    try {
      return digits.startsWith("0x") || digits.startsWith("0X")
          ? Long.parseUnsignedLong(digits.substring(2), 16)
          : Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw none(digits);
    }
  }

  /** For an unsigned number, as other programs keep registers; null for null. */
  public static Long invoke(Decimal number) {
    if (number == null) {
      return null;
    }
    BigInteger value = number.toJavaBigInteger();
    if (value.signum() < 0 || value.compareTo(MOST) > 0) {
      throw none(number.toString());
    }
    return value.longValue();
  }

  private static RuntimeException none(String value) {
    return Complaints.of(
        "sysret.u64: '%s' is no 64-bit number; give 0x and at most 16 hexadecimal digits, or a number from 0 to %s"
            .formatted(value, MOST));
  }
}
