package org.sysretreplay.ingest.generate;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class GapBucketsTest {

  @Property
  void everyTimeIsInItsBucketWhichIsNarrow(
      @ForAll @LongRange(min = 0, max = GapBuckets.LONGEST) long nanos) {
    long lowest = GapBuckets.of(nanos);
    long width = GapBuckets.width(lowest);

    assertThat(nanos - lowest).isBetween(0L, width - 1);
    assertThat(GapBuckets.of(lowest)).isEqualTo(lowest);
    assertThat(GapBuckets.of(-nanos)).isZero();
    assertThat(GapBuckets.of(GapBuckets.LONGEST + nanos)).isEqualTo(GapBuckets.LONGEST);
    assertThat((double) (width - 1)).isLessThanOrEqualTo(0.0625 * nanos);
  }
}
