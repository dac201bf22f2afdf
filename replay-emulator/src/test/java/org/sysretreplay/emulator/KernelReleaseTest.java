package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelReleaseTest {

  @ParameterizedTest
  @CsvSource({
    "2.6.32-754.el6.x86_64, linux-3.19",
    "3.10.0-1160.el7.x86_64, linux-3.19",
    "3.19.8, linux-3.19",
    "4.0.0-rc1, seed",
    "4.0-rc7, seed",
    "4.0.0, linux-4.0",
    "4.0.9, linux-4.0",
    "4.1.0-rc2, linux-4.1",
    "4.1.52, linux-4.1",
    "4.2.0-42-generic, linux-4.2",
    "4.3.6, linux-4.2",
    "4.4.0-210-generic, linux-4.4",
    "4.5.7, linux-4.4",
    "4.6.0, linux-4.6",
    "4.9.337, linux-4.6",
    "4.15.0-213-generic, linux-4.6",
    "4.16.18, linux-4.16",
    "4.18.0-553.el8_10.x86_64, linux-4.16",
    "5.10.0-28-amd64, linux-4.16",
    "5.11.22, linux-4.16",
    "5.12.19, linux-5.12",
    "5.15.0-91-generic, linux-5.12",
    "6.6.87.2-microsoft-standard-WSL2, linux-5.12",
    "6.7.12, linux-6.7",
    "6.8.0-45-generic, linux-6.7",
    "6.9.0-rc1, linux-6.9",
    "6.18.44-fc-v595, linux-6.9",
    "7.0.0, linux-6.9"
  })
  void hasTheModelOfItsMainlineRelease(String release, String model) {
    assertThat(KernelRelease.parse(release).orElseThrow().model().id()).isEqualTo(model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6", "linux", "6.x", "v6.9", "99999.1", "-1.2"})
  void isNoneWhereTheTextDoesNotBeginWithTwoNumbers(String text) {
    assertThat(KernelRelease.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "3.19.8, true",
    "3.19.8-100.fc20.x86_64, true",
    "3.19.7, false",
    "3.19.80, false",
    "3.19, false",
    "3.19.0-80-generic, false",
    "13.19.8, false",
    "5.3.19.8, false",
    "4.0.4, false"
  })
  void tellsOfThePatchedChildrenWhereThatWasSeen(String release, boolean patched) {
    KernelRelease known = KernelRelease.parse(release).orElseThrow();

    assertThat(known.on(Machine.UNTRACED))
        .isEqualTo(Machine.UNTRACED.withPatchedForkChildren(patched));
    Machine stated = Machine.TRACED.withPatchedForkChildren(true);
    assertThat(known.on(stated)).isEqualTo(stated);
  }

  @Test
  void keepsItsTextWithoutBlanksAround() {
    assertThat(KernelRelease.parse(" 6.1.0-rc3+ "))
        .contains(new KernelRelease("6.1.0-rc3+", 6, 1, true));
  }
}
