package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.MissSites.MissSite;
import org.sysretreplay.analytics.MissSites.OfWorkload;
import org.sysretreplay.analytics.Site.Unnamed;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.ingest.trace.ExecutableMap;
import org.sysretreplay.ingest.trace.ExecutableMaps;

/** Sites of several traces and processes added up. */
class MissSitesTest {

  private static final long VSYSCALL = -0xa0_0000L;

  private final MissSites sites = new MissSites();

  private static Site.InProcess at(String trace, Long pid, long address) {
    return new Site.InProcess(trace, pid, address, Unnamed.UNMAPPED);
  }

  private static ExecutableMaps maps(long pid, long start, String path, long leftOut) {
    return new ExecutableMaps(
        List.of(
            new ExecutableMap(
                pid, OptionalLong.empty(), OptionalLong.empty(), start, 0x1000, 0x200, path)),
        leftOut);
  }

  @Test
  void aPlaceInAFileIsOneSiteWhateverProcessHasMappedIt() {
    sites.add("w", at("a", 1L, 0x1010), Cause.FAULT, 3);
    sites.add("w", at("a", 2L, 0x1010), Cause.FAULT, 100);
    sites.locate("a", maps(1, 0x1000, "/lib/a.so", 0));
    MissSites other = new MissSites();
    other.add("w", at("b", 1L, 0x5010), Cause.EXECVE, 4);
    other.locate("b", maps(1, 0x5000, "/lib/a.so", 7));
    sites.plus(other);

    assertThat(sites.top(9))
        .containsExactly(
            new OfWorkload(
                "w",
                107,
                0,
                2,
                List.of(
                    new MissSite(at("a", 2L, 0x1010), 100, Map.of(Cause.FAULT, 100L)),
                    new MissSite(
                        new Site.InFile("/lib/a.so", 0x210),
                        7,
                        Map.of(Cause.FAULT, 3L, Cause.EXECVE, 4L)))));
    assertThat(sites.top(9).get(0).top().get(1).mainCause()).isEqualTo(Cause.EXECVE);
    assertThat(sites.top(1).get(0).top()).hasSize(1);
    assertThat(sites.top(1).get(0).found()).isEqualTo(2);
    assertThat(sites.mapsLeftOut()).isEqualTo(7);
  }

  @Test
  void thePageOfVsyscallNeedsNoMap() {
    sites.add("w", at("a", null, VSYSCALL + 0x402), Cause.VSYSCALL, 1);
    assertThat(sites.top(1).get(0).top().get(0).site())
        .isEqualTo(new Site.OfKernel("[vsyscall]", 0x402));
  }

  @Test
  void ofVeryManySitesTheFrequentOnesAreKeptAndTheOthersCounted() {
    int rare = 3 * FrequentCounts.MOST;
    for (int i = 0; i < rare; i++) {
      sites.add("w", at("a", 1L, i), Cause.FAULT, 1);
      if (i % 100 == 0) {
        sites.add("w", at("a", 1L, -1), Cause.FAULT, 1);
      }
    }
    OfWorkload top = sites.top(1).get(0);
    long frequent = (rare + 99) / 100;
    assertThat(top.misses()).isEqualTo(rare + frequent);
    assertThat(top.isExact()).isFalse();
    assertThat(top.top().get(0).site()).isEqualTo(at("a", 1L, -1));
    assertThat(top.top().get(0).misses()).isBetween(frequent - 3, frequent);
  }
}
