package org.sysretreplay.ingest.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.sysretreplay.emulator.CauseFacts;
import org.sysretreplay.emulator.RegisterFacts;
import org.sysretreplay.emulator.Registers;

class RegisterRedactorTest {

  private static final long[] BORDERS = {
    0,
    1L << 16,
    1L << 32,
    (1L << 47) - 4096,
    1L << 47,
    (1L << 48) - 1,
    (1L << 56) - 4096,
    1L << 56,
    1L << 57,
    Long.MAX_VALUE,
    -(1L << 57),
    -(1L << 56),
    -(1L << 48),
    -(1L << 47),
    0xffff_ffff_ff60_0000L,
    0xffff_ffff_ff60_1000L
  };

  private static Registers redacted(Registers registers, byte[] key) {
    return new RegisterRedactor(new Pseudonyms(key)).of(registers);
  }

  /** Addresses at a border, and just beside it. */
  @Provide
  Arbitrary<Long> addresses() {
    return Combinators.combine(
            Arbitraries.of(LongStream.of(BORDERS).boxed().toList()),
            Arbitraries.longs().between(-3, 3))
        .as(Long::sum);
  }

  @Provide
  Arbitrary<Registers> registers() {
    Arbitrary<Long> flags =
        Arbitraries.of(0x246L, 0x10246L, 0x346L, 0x3246L, 0L, 0x7f00_1234_5678L);
    Arbitrary<Long> distances =
        Arbitraries.of(0L, 2L, -2L, 1L << 56, 1L << 57, 1L << 48, -(1L << 47), -(1L << 56));
    return Combinators.combine(
            addresses(), addresses(), distances, flags, flags, Arbitraries.of(true, false))
        .as(
            (rip, other, distance, r11, rflags, apart) ->
                new Registers(rip, apart ? other : rip + distance, r11, rflags, 0x33, 0x2b));
  }

  @Property(tries = 3000)
  void everyKeyKeepsWhatIsSeenOfRegistersAtABorder(
      @ForAll("registers") Registers it, @ForAll @Size(16) byte[] key) {
    Registers redacted = redacted(it, key);

    assertThat(RegisterFacts.of(redacted)).isEqualTo(RegisterFacts.of(it));
    assertThat(causes(redacted)).isEqualTo(causes(it));
  }

  private static int causes(Registers it) {
    return CauseFacts.bits(it.rip(), it.rcx(), it.r11(), it.rflags(), it.cs(), it.ss());
  }

  @Example
  void ripStaysWhereRcxBehindTheCallLiesAcrossABorder() {
    for (long border : new long[] {(1L << 47) - 4096, 1L << 47, 1L << 56, -(1L << 47), 0}) {
      Registers across = new Registers(border - 2, border, 0x246, 0x246, 0x33, 0x2b);
      for (byte key = 0; key < 100; key++) {
        assertThat(redacted(across, new byte[] {key})).isEqualTo(across);
      }
    }
  }

  /** Such RCX may well be of a program, even if such RIP is not. */
  @Example
  void rcxBecomesAnotherWhereverRipLies() {
    for (byte key = 0; key < 100; key++) {
      Registers odd =
          new Registers(0x0200_7f00_1234_5678L, 0x7f00_1234_5678L, 0x246, 0x246, 0x33, 0x2b);
      assertThat(redacted(odd, new byte[] {key}).rcx()).isNotEqualTo(odd.rcx());
    }
  }

  @Example
  void anyOtherRipBecomesAnother() {
    Registers within = new Registers(0x40_1000, 0x40_1002, 0x246, 0x246, 0x33, 0x2b);
    Registers redacted = redacted(within, new byte[] {1});
    assertThat(redacted.rip()).isNotEqualTo(within.rip());
    assertThat(redacted.rcx() - redacted.rip()).isEqualTo(2);
  }
}
