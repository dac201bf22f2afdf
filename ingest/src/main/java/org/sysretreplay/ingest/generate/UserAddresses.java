package org.sysretreplay.ingest.generate;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.sysretreplay.emulator.Addresses;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.Registers;

/**
 * The addresses that a generated process may move, as the kernel's layout randomization does: those
 * of 32-bit code below 4 GiB, the others above. Zero and what no program can map stay where they
 * are, and so does everything from the end of the user's half on.
 *
 * <p>All addresses of a half move by the same number of pages and stay in their half. So equal
 * registers stay equal and different ones different, and no limit that a check knows is crossed.
 */
final class UserAddresses {

  /** What the kernel lets programs map from, {@code vm.mmap_min_addr}. */
  static final long LOWEST = 1L << 16;

  /** The end of what 32-bit code can reach. */
  static final long END_32 = 1L << 32;

  private static final int PAGE_BITS = 12;

  /** As many pages as the kernel chooses from: mmap_rnd_compat_bits and mmap_rnd_bits. */
  private static final long SPREAD_32 = 1L << 8;

  private static final long SPREAD = 1L << 28;

  /** By how many pages the addresses of one half can be moved. */
  private record Room(long fewest, long most) {

    /** The room that the addresses from start to end have, seen from all that are in there. */
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

    long draw(Draws random) {
      return fewest + random.below(most - fewest + 1) << PAGE_BITS;
    }
  }

  private final Room below4GiB;
  private final Room above4GiB;

  /** For processes that use all of these templates. */
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

  /** Where the next process lies. */
  Place draw(Draws random) {
    return new Place(below4GiB.draw(random), above4GiB.draw(random));
  }

  /** How many bytes one process is away from where the templates are. */
  record Place(long below4GiB, long above4GiB) {

    /** The address there; itself where it is none that moves. */
    long of(long address) {
      if (address >= END_32 && address < Addresses.USER_LIMIT) {
        return address + above4GiB;
      }
      return address >= LOWEST && address < END_32 ? address + below4GiB : address;
    }
  }
}
