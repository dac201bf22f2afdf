package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sysretreplay.emulator.Evidence.Tag;

class EvidenceTest {

  @Test
  void aFactSaysHowSureItIsAndWhereItIsFrom() {
    assertThat(Evidence.read("a file"))
        .isEqualTo(new Evidence(Tag.READ, "a file"))
        .hasToString("read: a file");
    assertThat(Evidence.observed("4.0.4"))
        .isEqualTo(new Evidence(Tag.OBSERVED, "4.0.4"))
        .hasToString("observed: 4.0.4");
    assertThat(Evidence.inferred("both"))
        .isEqualTo(new Evidence(Tag.INFERRED, "both"))
        .hasToString("inferred: both");
    assertThat(Evidence.known("history"))
        .isEqualTo(new Evidence(Tag.KNOWN, "history"))
        .hasToString("known: history");
  }
}
