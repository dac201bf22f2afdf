package org.sysretreplay.analytics.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> NAMES =
      List.of("report", "record", "replay", "text", "json", "csv", "signal_delivery", "by");

  @ParameterizedTest
  @CsvSource({
    "reprot, report",
    "rport, report",
    "REPORT, report",
    "recrod, record",
    "jsn, json",
    "csb, csv",
    "bye, by",
    "delivery, signal_delivery",
    "singal_delivry, signal_delivery"
  })
  void offersWhatIsWrittenAlmostSo(String written, String meant) {
    assertThat(Nearest.of(written, NAMES)).first().isEqualTo(meant);
    assertThat(Nearest.perhaps(written, NAMES)).startsWith("; perhaps " + meant);
  }

  @ParameterizedTest
  @CsvSource({"xml", "weather", "x", "''", "colour", "sead", "deliveries"})
  void offersNothingThatIsFarFromIt(String written) {
    assertThat(Nearest.of(written, NAMES)).isEmpty();
    assertThat(Nearest.perhaps(written, NAMES)).isEmpty();
  }

  @Property
  void oneSlipInANameOfThreeLettersOrMoreIsForgiven(@ForAll("slips") Slip slip) {
    assertThat(Nearest.of(slip.written(), List.of(slip.name()))).containsExactly(slip.name());
  }

  @Property
  void distanceIsTheSameBothWaysAndNoneOfANameToItself(
      @ForAll @AlphaChars @StringLength(max = 8) String one,
      @ForAll @AlphaChars @StringLength(max = 8) String other) {
    assertThat(Nearest.distance(one, other)).isEqualTo(Nearest.distance(other, one));
    assertThat(Nearest.distance(one, other) == 0).isEqualTo(one.equals(other));
    assertThat(Nearest.distance(one, other))
        .isBetween(Math.abs(one.length() - other.length()), Math.max(one.length(), other.length()));
  }

  record Slip(String name, String written) {}

  @Provide
  Arbitrary<Slip> slips() {
    Arbitrary<String> names =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(3).ofMaxLength(12);
    return Combinators.combine(
            names,
            Arbitraries.integers().between(0, 1000),
            Arbitraries.chars().range('a', 'z'),
            Arbitraries.integers().between(0, 3))
        .as(NearestTest::slip);
  }

  private static Slip slip(String name, int place, char letter, int kind) {
    int at = place % name.length();
    int pair = place % (name.length() - 1);
    StringBuilder written = new StringBuilder(name);
    switch (kind) {
      case 0 -> written.deleteCharAt(at);
      case 1 -> written.insert(at, letter);
      case 2 -> written.setCharAt(at, letter);
      default -> {
        written.setCharAt(pair, name.charAt(pair + 1));
        written.setCharAt(pair + 1, name.charAt(pair));
      }
    }
    return new Slip(name, written.toString());
  }
}
