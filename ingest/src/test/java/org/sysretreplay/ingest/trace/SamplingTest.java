package org.sysretreplay.ingest.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SamplingTest {

  @Provide
  Arbitrary<Sampling> samplings() {
    return Arbitraries.of(
        Sampling.NOT_TOLD,
        Sampling.WHOLE,
        Sampling.VARYING,
        Sampling.oneOf(7),
        Sampling.oneOf(101));
  }

  @Property
  void theOrderDoesNotMatter(
      @ForAll("samplings") Sampling one,
      @ForAll("samplings") Sampling other,
      @ForAll("samplings") Sampling third) {
    assertThat(one.plus(other)).isEqualTo(other.plus(one));
    assertThat(one.plus(other).plus(third)).isEqualTo(one.plus(other.plus(third)));
  }

  @Property
  void whatIsNotToldChangesNothing(@ForAll("samplings") Sampling one) {
    assertThat(one.plus(Sampling.NOT_TOLD)).isEqualTo(one);
    assertThat(one.plus(one)).isEqualTo(one);
  }

  @Test
  void severalRatesAreNone() {
    assertThat(Sampling.oneOf(7).plus(Sampling.oneOf(101))).isEqualTo(Sampling.VARYING);
    assertThat(Sampling.oneOf(7).plus(Sampling.WHOLE)).isEqualTo(Sampling.VARYING);
  }

  @Test
  void onlyWhatIsKnownToLackEventsIsSampled() {
    assertThat(List.of(Sampling.NOT_TOLD, Sampling.WHOLE, Sampling.VARYING, Sampling.oneOf(2)))
        .extracting(Sampling::isSampled)
        .containsExactly(false, false, true, true);
    assertThat(Sampling.oneOf(1)).isEqualTo(Sampling.WHOLE);
    assertThat(Sampling.of(OptionalLong.empty())).isEqualTo(Sampling.NOT_TOLD);
    assertThat(Sampling.of(OptionalLong.of(0))).isEqualTo(Sampling.VARYING);
  }

  @Test
  void aRateIsNotNegative() {
    assertThatThrownBy(() -> Sampling.oneOf(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
