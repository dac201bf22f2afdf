package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.analytics.Ratio;

class BarTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, ''",
    "0, 9, ''",
    "1, 1000000, #",
    "1, 4, #",
    "2, 4, ##",
    "999999, 1000000, ###",
    "4, 4, ####",
  })
  void drawsWithAsciiCharacters(long hits, long total, String expected) {
    assertThat(new Bar(4, false).of(new Ratio(hits, total))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, ''",
    "0, 9, ''",
    "1, 1000000, ▏",
    "1, 8, ▌",
    "1, 4, █",
    "3, 8, █▌",
    "999999, 1000000, ███▉",
    "4, 4, ████",
  })
  void drawsEighthsWithBlockCharacters(long hits, long total, String expected) {
    assertThat(new Bar(4, true).of(new Ratio(hits, total))).isEqualTo(expected);
  }

  @Test
  void drawsEachOfTheEighths() {
    Bar bar = new Bar(1, true);
    assertThat(LongStream.rangeClosed(1, 8).mapToObj(eighth -> bar.of(new Ratio(eighth, 8))))
        .containsExactly("▏", "▎", "▍", "▌", "▋", "▊", "▉", "█");
  }
}
