package org.sysretreplay.ingest.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.RegisterFacts;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.generate.UserAddresses.Shift;

class UserAddressesTest {

  /** Every limit that a check or a shift knows, and the addresses close to it. */
  @Provide
  Arbitrary<Long> addresses() {
    Arbitrary<Long> limits =
        Arbitraries.of(
            0L,
            1L << 12,
            1L << 16,
            1L << 32,
            1L << 47,
            (1L << 47) - 4096,
            1L << 48,
            1L << 56,
            1L << 57,
            -1L << 47,
            0xffff_ffff_ff60_0000L,
            -1L);
    return Arbitraries.oneOf(
        limits.flatMap(it -> Arbitraries.longs().between(-3, 3).map(by -> it + by)),
        Arbitraries.longs(),
        Arbitraries.longs().between(0, (1L << 47) - 1),
        Arbitraries.longs().between(0, (1L << 32) - 1));
  }

  @Property
  void theChecksSeeTheSameWhereverAProcessLies(
      @ForAll @Size(min = 2, max = 8) List<@From("addresses") Long> addresses, @ForAll long seed) {
    List<Template> templates =
        addresses.stream().map(it -> template(it, addresses.get(0))).toList();
    Shift shift = new UserAddresses(templates).draw(new SeededRandom(seed));
    for (Template template : templates) {
      Registers from = template.frame().registers();
      Registers moved = shift.of(from);
      assertThat(RegisterFacts.of(moved)).isEqualTo(RegisterFacts.of(from));
      assertThat(moved.rip() - from.rip()).matches(it -> it % 4096 == 0);
    }
  }

  /** SYSRET takes RIP from RCX, and extends it where the processor does. */
  @Property
  void theChecksSeeTheSameWhereRcxIsRipButForTheBitsAbove(
      @ForAll @From("addresses") long rip, @ForAll char above, @ForAll long seed) {
    Template template = template(rip, rip ^ (long) above << 48);
    Registers from = template.frame().registers();

    Registers moved = new UserAddresses(List.of(template)).draw(new SeededRandom(seed)).of(from);

    assertThat(RegisterFacts.of(moved)).isEqualTo(RegisterFacts.of(from));
    if (rip >= 1L << 32 && rip < 1L << 46) {
      assertThat(moved.rip() ^ moved.rcx()).isEqualTo((long) above << 48);
    }
  }

  @Test
  void ripMovesWithTheCopyOfItInRcx() {
    Template template = template(0x7f12_3456_7ab2L, 0x1_7f12_3456_7ab2L);
    Registers from = template.frame().registers();
    UserAddresses addresses = new UserAddresses(List.of(template));

    Registers moved = addresses.draw(new SeededRandom(1)).of(from);

    assertThat(moved.rip()).isNotEqualTo(from.rip());
    assertThat(moved.rcx()).isEqualTo(1L << 48 | moved.rip());
  }

  private static Template template(long rip, long rcx) {
    return Template.of(
        new ExitFrame(
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            Task.UNKNOWN,
            EntryKind.SYSCALL,
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            new Registers(rip, rcx, 0x246, 0x246, 0x33, 0x2b),
            OptionalLong.empty(),
            OptionalLong.empty()));
  }
}
