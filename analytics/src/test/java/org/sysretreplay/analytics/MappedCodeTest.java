package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.Site.Unnamed;
import org.sysretreplay.ingest.trace.ExecutableMap;

/** Addresses become file and place by the maps of their process. */
class MappedCodeTest {

  private static ExecutableMap map(long start, long length, long offset, String path) {
    return new ExecutableMap(
        7, OptionalLong.empty(), OptionalLong.empty(), start, length, offset, path);
  }

  private static Site.InProcess at(long address) {
    return new Site.InProcess("t", 7L, address, Unnamed.UNMAPPED);
  }

  private static Site at(long address, Unnamed why) {
    return new Site.InProcess("t", 7L, address, why);
  }

  private static Site site(long address, ExecutableMap... maps) {
    return new MappedCode(List.of(maps)).sites(Set.of(at(address))).get(at(address));
  }

  @Test
  void anAddressInAFileIsAPlaceInIt() {
    ExecutableMap libc = map(0x7f0000001000L, 0x2000, 0x26000, "/lib/libc.so");
    assertThat(site(0x7f0000001000L, libc)).isEqualTo(new Site.InFile("/lib/libc.so", 0x26000));
    assertThat(site(0x7f0000002fffL, libc)).isEqualTo(new Site.InFile("/lib/libc.so", 0x27fff));
    assertThat(site(0x7f0000003000L, libc)).isEqualTo(at(0x7f0000003000L));
    assertThat(site(0x7f0000000fffL, libc)).isEqualTo(at(0x7f0000000fffL));
  }

  @Test
  void whatIsNoFileIsCalledSo() {
    assertThat(site(0x1010, map(0x1000, 0x1000, 0, "[vdso]")))
        .isEqualTo(new Site.OfKernel("[vdso]", 0x10));
    for (String path : List.of("//anon", "[heap]", "[stack]", "[anon:jit]")) {
      assertThat(site(0x1010, map(0x1000, 0x1000, 0x1000, path)))
          .isEqualTo(at(0x1010, Unnamed.ANONYMOUS));
    }
    assertThat(site(0x1010, map(0x1000, 0x1000, 0, "//toolong"))).isEqualTo(at(0x1010));
    assertThat(site(0x1010, map(0x1000, 0x1000, 0, ""))).isEqualTo(at(0x1010));
  }

  @Test
  void mapsThatSayTheSameAreOne() {
    ExecutableMap whole = map(0x1000, 0x9000, 0, "/a");
    assertThat(site(0x3010, whole, map(0x3000, 0x1000, 0x2000, "/a"), whole))
        .isEqualTo(new Site.InFile("/a", 0x2010));
    ExecutableMap made = map(0x3000, 0x1000, 0x3000, "//anon");
    assertThat(site(0x3010, made, map(0x2000, 0x3000, 0x2000, "//anon")))
        .isEqualTo(at(0x3010, Unnamed.ANONYMOUS));
  }

  @Test
  void mapsThatSayDifferentThingsTellNothing() {
    ExecutableMap one = map(0x400000, 0x1000, 0, "/bin/sh");
    assertThat(site(0x400010, one, map(0x400000, 0x1000, 0, "/bin/true")))
        .isEqualTo(at(0x400010, Unnamed.SEVERAL));
    assertThat(site(0x400010, one, map(0x400000, 0x1000, 0x1000, "/bin/sh")))
        .isEqualTo(at(0x400010, Unnamed.SEVERAL));
  }

  @Test
  void theUpperEndOfTheAddressesIsReached() {
    assertThat(site(-1, map(-0x1000, 0x1000, 0, "/a"))).isEqualTo(new Site.InFile("/a", 0xfff));
    assertThat(site(-1, map(-0x1000, 0x7000, 0, "/a"))).isEqualTo(new Site.InFile("/a", 0xfff));
    assertThat(site(0x10, map(-0x1000, 0x7000, 0, "/a"))).isEqualTo(at(0x10));
  }

  @Provide
  Arbitrary<List<ExecutableMap>> maps() {
    Arbitrary<Integer> pages = Arbitraries.integers().between(0, 12);
    return Combinators.combine(pages, pages, pages, Arbitraries.of("/a", "/b", "//anon"))
        .as((start, length, offset, path) -> map(start - 6, length, offset, path))
        .list()
        .ofMaxSize(12);
  }

  /** Against a search through all maps, one by one. */
  @Property
  void allAddressesTogetherAreWhatEachIsByItself(@ForAll("maps") List<ExecutableMap> maps) {
    Set<Site.InProcess> places = new HashSet<>();
    for (long address = -8; address < 24; address++) {
      places.add(at(address));
    }
    new MappedCode(maps)
        .sites(places)
        .forEach((it, site) -> assertThat(site).isEqualTo(slow(it, maps)));
  }

  private static Site slow(Site.InProcess place, List<ExecutableMap> maps) {
    Set<Site> said = new HashSet<>();
    for (ExecutableMap map : maps) {
      long within = place.address() - map.start();
      boolean wraps = Long.compareUnsigned(map.start() + map.length() - 1, map.start()) < 0;
      boolean isIn =
          Long.compareUnsigned(within, map.length()) < 0
              && !(wraps && Long.compareUnsigned(place.address(), map.start()) < 0);
      if (isIn) {
        said.add(
            map.path().equals("//anon")
                ? at(place.address(), Unnamed.ANONYMOUS)
                : new Site.InFile(map.path(), map.offset() + within));
      }
    }
    return said.isEmpty()
        ? place
        : said.size() == 1 ? said.iterator().next() : at(place.address(), Unnamed.SEVERAL);
  }
}
