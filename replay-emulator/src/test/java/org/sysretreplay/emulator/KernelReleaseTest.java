package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelReleaseTest {

  @ParameterizedTest
  @CsvSource({
    "2.6.32-754.el6.x86_64, linux-3.19",
    "3.10.0-1160.el7.x86_64, linux-3.19",
    "3.19.8, linux-3.19",
    "4.0.0-rc1, seed",
    "4.0-rc7, seed",
    "4.0.0-0.rc5.git4.1.fc22.x86_64, seed",
    "4.0.0-040000rc5-generic, seed",
    "4.0.rc5-1-desktop, seed",
    "4.0.0, linux-4.0",
    "4.0.0-040000-generic, linux-4.0",
    "4.0.5-rc1, linux-4.0",
    "4.0.0-src, linux-4.0",
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

  @ParameterizedTest
  @CsvSource({"4.13.16, false", "4.14, true", "4.9.0-19-amd64, false", "5.10, true", "3.19, false"})
  void canHave5LevelPagingFrom414On(String release, boolean can) {
    assertThat(KernelRelease.parse(release).orElseThrow().canHave5Levels()).isEqualTo(can);
  }

  @Test
  void keepsItsTextWithoutBlanksAround() {
    assertThat(KernelRelease.parse(" 6.1.0-rc3+ "))
        .contains(new KernelRelease("6.1.0-rc3+", 6, 1, true));
  }

  @ParameterizedTest
  @CsvSource({
    "6.12, linux-6.9",
    "linux-5.15, linux-5.12",
    "v5.15.167, linux-5.12",
    "5.14.0-427.el9.x86_64, linux-5.12",
    "linux-6.8, linux-6.7",
    "6.19-rc3, linux-6.9",
    "v4.0-rc5, seed",
    "V6.12, linux-6.9",
    "Linux 6.18.44-generic, linux-6.9",
    "linux-6.1.0-rc3+, linux-5.12",
    "6.12.38+deb13-amd64, linux-6.9",
    "6.12.9+bpo-amd64, linux-6.9",
    "6.12.33+kali-amd64, linux-6.9",
    "6.12.25+rpt-rpi-v8, linux-6.9",
    "5.14.0-503.11.1.el9_5.x86_64+rt, linux-5.12",
    "5.14.0-503.11.1.el9_5.x86_64+rt-debug, linux-5.12",
    "6.11.4-301.fc41.x86_64+debug, linux-6.9",
    "6.6.44-production+truenas, linux-5.12",
    "4.19.0+1, linux-4.16",
    "6.12.9+bpo-amd64+, linux-6.9",
    "2.6.32-754.el6.x86_64, linux-3.19",
    "6.6.87.2-microsoft-standard-WSL2, linux-5.12",
    "7.3, linux-6.9",
  })
  void isMeantByWhoeverWritesItByHand(String text, String model) {
    KernelRelease release = KernelRelease.ofHand(text).orElseThrow();
    assertThat(release.model().id()).isEqualTo(model);
    assertThat(release.exists()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux",
        "6",
        "6.x",
        "linux6.9",
        "6.9foo",
        "6.12+foo",
        "6.12+exec-hits",
        "6.12+exec-hit",
        "6.12.9-1-amd64+exec-hits",
        "6.12.9+bpo-amd64+exec-hits",
        "6.12.9+bpo-amd64+exec-hit",
        "6.12.9+-amd64",
        "x6.9",
        ""
      })
  void isNotMeantByOtherTexts(String text) {
    assertThat(KernelRelease.ofHand(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "3.19.8, true",
    "4.0.9, true",
    "4.1-rc1, true",
    "4.1.0-0.rc1.git0.1.fc23.x86_64, true",
    "4.1.0-040100rc1-generic, true",
    "4.1.0, false",
    "4.1.18-rc1, false",
    "4.1.0-040100-generic, false",
    "4.2.0-rc1, false",
    "10.0, false",
  })
  void isBeforeAReleaseWhereItsNumbersAreOrItIsItsCandidate(String text, boolean before) {
    assertThat(KernelRelease.parse(text).orElseThrow().isBefore(4, 1)).isEqualTo(before);
  }

  /** Else a misspelt policy would be taken for a part of the release. */
  @ParameterizedTest
  @EnumSource(Policy.class)
  void noPolicyIsAPartOfIt(Policy policy) {
    for (int left = 0; left < policy.id().length(); left++) {
      String misspelt = new StringBuilder(policy.id()).deleteCharAt(left).toString();
      assertThat(KernelRelease.ofHand("6.12.9-1-amd64+" + misspelt)).as(misspelt).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2.6, true", "2.7, false", "3.19, true", "3.20, false", "4.20, true", "4.21, false",
    "5.19, true", "5.20, false", "6.19, true", "6.20, false", "7.0, true", "7.20, true",
    "7.21, false", "8.0, false", "1.2, false", "0.9, false", "12.6, false",
  })
  void existsOnlyWhereThereIsOrCanSoonBeSuchARelease(String text, boolean exists) {
    assertThat(KernelRelease.ofHand(text).orElseThrow().exists()).isEqualTo(exists);
  }

  @ParameterizedTest
  @CsvSource({
    "3.10.0-1160.el7.x86_64, RED_HAT",
    "5.14.0-427.13.1.el9_4.x86_64, RED_HAT",
    "5.15.0-206.153.7.el8uek.x86_64, OTHER",
    "5.14.21-150500.55.19-default, SUSE",
    "6.8.0-45-generic, UBUNTU",
    "6.8.0-1021-aws, UBUNTU",
    "6.1.0-18-amd64, DEBIAN",
    "6.1.0-18-cloud-amd64, DEBIAN",
    "6.12.38+deb13-amd64, DEBIAN",
    "6.12.9+bpo-amd64, DEBIAN",
    "5.14.0-503.11.1.el9_5.x86_64+rt, RED_HAT",
    "6.11.4-301.fc41.x86_64+debug, FEDORA",
    "6.11.4-301.fc41.x86_64, FEDORA",
    "6.18.44-fc-v595, OTHER",
    "6.12, OTHER",
  })
  void isOfTheVendorWhoWritesReleasesSo(String release, KernelVendor vendor) {
    KernelVendor found = KernelRelease.parse(release).orElseThrow().vendor();
    assertThat(found).isEqualTo(vendor);
    assertThat(found.isGuess())
        .isEqualTo(vendor == KernelVendor.RED_HAT || vendor == KernelVendor.SUSE);
  }

  @Test
  void knowsTheModelOfTheNextReleasesAndWhichCanHaveFred() {
    KernelRelease old = KernelRelease.ofHand("4.21").orElseThrow();
    assertThat(old.nextModel()).contains(CanonicalKernels.LINUX_5_12);
    assertThat(old.canHaveFred()).isFalse();
    KernelRelease recent = KernelRelease.ofHand("6.9").orElseThrow();
    assertThat(recent.nextModel()).isEmpty();
    assertThat(recent.canHaveFred()).isTrue();
  }
}
