package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0             | 100000000     | +0.0 s
          300000000     | 100000000     | +0.3 s
          1234500000000 | 100000000     | +1,234.5 s
          750000000     | 250000000     | +0.75 s
          2000000       | 1000000       | +0.002 s
          3000000000    | 1000000000    | +3 s
          7200000000000 | 3600000000000 | +7,200 s
          1500000       | 250000        | +1.50 ms
          7000          | 7000          | +0.007 ms
          12            | 1             | +0.012 us
          """)
  void timesAfterAnotherHaveTheDigitsOfTheirStep(long nanos, long step, String text) {
    assertThat(ClockText.since(0, nanos, step)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "303057417513123, 303057.417513123",
    "0, 0.000000000",
    "-1, -0.000000001",
    "-1500000000, -1.500000000",
    "-9223372036854775808, -9223372036.854775808"
  })
  void aTimeMayBeBeforeTheClocksZero(long nanos, String text) {
    assertThat(ClockText.seconds(nanos)).isEqualTo(text);
  }

  @Test
  void aDistanceMayBeLongerThanALong() {
    assertThat(ClockText.since(Long.MIN_VALUE, Long.MAX_VALUE, 1))
        .isEqualTo("+18,446,744,073,709,551.615 us");
  }
}
