package org.sysretreplay.ingest.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectTest {

  private static Reject reject(String detail, String excerpt) {
    return new Reject(Place.ofLine("a", 1), RejectReason.MALFORMED_LINE, detail, excerpt);
  }

  @Test
  void aLongDetailIsCut() {
    Reject reject = reject("d".repeat(401), "e".repeat(161));
    assertThat(reject.detail()).isEqualTo("d".repeat(397) + "...");
    assertThat(reject.excerpt()).isEqualTo("e".repeat(157) + "...");
  }

  @Test
  void whatFitsIsKept() {
    Reject reject = reject("d".repeat(400), "größe €");
    assertThat(reject.detail()).isEqualTo("d".repeat(400));
    assertThat(reject.excerpt()).isEqualTo("größe €");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 10, 0x1b, 0x1f, 0x7f, 0x80, 0x9b, 0x9f, 0x200b, 0x202e, 0x2028})
  void controlCharactersAreKeptButNotShown(int control) {
    String text = "a" + (char) control + "[31mb";
    assertThat(reject(text, text).detail()).isEqualTo(text);
    assertThat(reject(text, text).excerpt()).isEqualTo(text);
    assertThat(reject(text, text).sentence()).startsWith("a:1: a\uFFFD[31mb; ");
  }

  @Test
  void noCharacterIsCutInTwo() {
    String text = "e".repeat(156) + "\uD83D\uDE00" + "e".repeat(9);
    assertThat(reject("d", text).excerpt()).isEqualTo("e".repeat(156) + "...");
    assertThat(reject("d", "e\uD83De").excerpt()).isEqualTo("e\uFFFDe");
  }
}
