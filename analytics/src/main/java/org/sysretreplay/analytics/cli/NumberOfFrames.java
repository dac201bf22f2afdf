package org.sysretreplay.analytics.cli;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.generate.Generation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses a number of frames as people write it: {@code 1000000000}, {@code 1_000_000_000}, {@code
 * 1e9}, {@code 1.5G}.
 */
final class NumberOfFrames implements ITypeConverter<Long> {

  private static final Pattern NUMBER =
      Pattern.compile("([0-9][0-9_]*(?:\\.[0-9]+)?(?:[eE][0-9]{1,2})?)([kKMGT]?)");

  private static final Map<String, Integer> ZEROS =
      Map.of("", 0, "k", 3, "K", 3, "M", 6, "G", 9, "T", 12);

  @Override
  public Long convert(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      throw new TypeConversionException(
          "\"%s\" is no number of frames; write it as 1000000, 1_000_000, 1e6 or 1M"
              .formatted(text));
    }
    BigDecimal frames =
        new BigDecimal(number.group(1).replace("_", ""))
            .scaleByPowerOfTen(ZEROS.get(number.group(2)));
    if (frames.signum() < 1 || frames.compareTo(BigDecimal.valueOf(Generation.MOST_FRAMES)) > 0) {
      throw new TypeConversionException(
          "%s frames cannot be generated; ask for 1 to 1e12".formatted(text));
    }
    if (frames.stripTrailingZeros().scale() > 0) {
      throw new TypeConversionException(
          "%s is not a whole number of frames; write it as 1000000, 1_000_000, 1e6 or 1M"
              .formatted(text));
    }
    return frames.longValueExact();
  }
}
