package org.sysretreplay.ingest.generate;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.sysretreplay.emulator.Addresses;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.RegisterFacts;
import org.sysretreplay.emulator.Registers;

/**
 * Moves the addresses of generated processes, as the kernel's layout randomization does: those of
 * 32-bit code within the first 4 GiB, the others above. Zero and the first 64 KiB, which no program
 * can map, stay where they are, and so does everything from the end of the user's half on.
 *
 * <p>All addresses of a range move by the same number of pages and stay in their range. So equal
 * registers stay equal, different ones stay different, and no limit is crossed that a check tests.
 * Where RCX is RIP but for the bits above an address, it stays that.
 */
final class UserAddresses {

  /** The lowest address that programs can map, {@code vm.mmap_min_addr}. */
  static final long LOWEST = 1L << 16;

  /** The end of the addresses that 32-bit code can reach. */
  static final long END_32 = 1L << 32;

  private static final int PAGE_BITS = 12;

  /** What a processor with 4 levels of page tables extends to 64 bits. */
  private static final long ADDRESS_BITS = (1L << 48) - 1;

  /**
   * The number of pages that the kernel chooses from, by mmap_rnd_compat_bits and mmap_rnd_bits.
   */
  private static final long SPREAD_32 = 1L << 8;

  private static final long SPREAD = 1L << 28;

  /** By how many pages the addresses of one range can be moved, at least and at most. */
  private record Room(long fewest, long most) {

    /** The room for moving all addresses in the range from start to end. */
    static Room of(long[] addresses, long start, long end, long spread) {
      long lowest = end - 1;
      long highest = start;
      for (long address : addresses) {
        if (address >= start && address < end) {
          lowest = Math.min(lowest, address);
          highest = Math.max(highest, address);
        }
      }
      return new Room(
          -Math.min(spread / 2, lowest - start >> PAGE_BITS),
          Math.min(spread / 2, end - 1 - highest >> PAGE_BITS));
    }

    long draw(SeededRandom random) {
      return fewest + random.below(most - fewest + 1) << PAGE_BITS;
    }
  }

  private final Room below4GiB;
  private final Room above4GiB;

  /** The addresses of processes that use any of these templates. */
  UserAddresses(List<Template> templates) {
    long[] addresses = templates.stream().flatMapToLong(UserAddresses::addresses).toArray();
    below4GiB = Room.of(addresses, LOWEST, END_32, SPREAD_32);
    above4GiB = Room.of(addresses, END_32, Addresses.USER_LIMIT, SPREAD);
  }

  private static LongStream addresses(Template it) {
    Stream<Registers> all =
        Stream.concat(
            Stream.of(it.frame().registers()), it.recorded().map(Recorded::registers).stream());
    LongStream stack =
        LongStream.concat(
            it.frame().rsp().stream(), it.recorded().stream().flatMapToLong(r -> r.rsp().stream()));
    return LongStream.concat(all.flatMapToLong(r -> LongStream.of(r.rip(), r.rcx())), stack);
  }

  /** Draws the shift of the next process. */
  Shift draw(SeededRandom random) {
    return new Shift(below4GiB.draw(random), above4GiB.draw(random));
  }

  /** The distance of one process's addresses from those of the templates, in bytes. */
  record Shift(long below4GiB, long above4GiB) {

    /** The shifted address, or the same address if it does not move. */
    long of(long address) {
      if (address >= END_32 && address < Addresses.USER_LIMIT) {
        return address + above4GiB;
      }
      return address >= LOWEST && address < END_32 ? address + below4GiB : address;
    }

    /** The registers with shifted addresses; every check sees the same in both. */
    Registers of(Registers it) {
      long rip = of(it.rip());
      long rcx = of(it.rcx());
      if (rip == it.rip() || rcx != it.rcx()) {
        return with(it, rip, rcx);
      }
      long difference = it.rcx() ^ it.rip();
      boolean differsAbove = (difference & ADDRESS_BITS) == 0;
      Registers moved = with(it, rip, differsAbove ? rip ^ difference : rcx);
      // By chance RIP may have moved to what RCX extends to.
      return RegisterFacts.of(moved).equals(RegisterFacts.of(it)) ? moved : it;
    }

    private static Registers with(Registers it, long rip, long rcx) {
      return new Registers(rip, rcx, it.r11(), it.rflags(), it.cs(), it.ss());
    }
  }
}
