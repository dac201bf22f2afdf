package org.sysretreplay.spark.functions;

import java.math.BigInteger;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Internal;

/**
 * The 64 bits of an unsigned number, or of text, in a signed one. Code that Spark generates calls
 * {@code invoke} with the columns as they are.
 *
 * @param binding to the types of one call
 */
@Internal
public record U64Function(Binding binding) implements Bound<Long> {

  private static final BigInteger MOST =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

  /** Of {@code 0x} and hexadecimal digits, or of decimal digits; null of null. */
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

  /** Of an unsigned number, as other programs keep registers; null of null. */
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
