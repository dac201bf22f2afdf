package org.sysretreplay.ingest.generate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.Addresses;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.RegisterFacts;
import org.sysretreplay.emulator.Registers;

/**
 * Moves the addresses of one recorded program to fixed places. The kernel loads a program at other
 * addresses each time, but the same frame of two runs should be one template. In each region, the
 * page that is seen first is moved to a fixed place, and the rest of the region by the same
 * distance. So programs that begin in the same way get the same addresses.
 *
 * <p>Other values than user addresses stay as they are, and so do registers whose verdict would
 * change.
 */
final class AddressNormalizer {

  private static final long PAGE = 1L << 12;

  /**
   * The regions that the kernel places separately, lowest first; guessed from how it lays out
   * programs.
   */
  private enum Region {
    PROGRAM_32(UserAddresses.LOWEST, 0xe000_0000L, 0x5655_5000L),
    LIBRARIES_32(PROGRAM_32.end, 0xff00_0000L, 0xf7d0_0000L),
    STACK_32(LIBRARIES_32.end, UserAddresses.END_32, 0xffd0_0000L),
    PROGRAM(STACK_32.end, 0x7000_0000_0000L, 0x5555_5555_5000L),
    LIBRARIES(PROGRAM.end, 0x7ff0_0000_0000L, 0x7f80_0000_0000L),
    STACK(LIBRARIES.end, Addresses.USER_LIMIT, 0x7ffd_8000_0000L);

    final long start;
    final long end;
    final long fixedPage;

    Region(long start, long end, long fixedPage) {
      this.start = start;
      this.end = end;
      this.fixedPage = fixedPage;
    }

    boolean holds(long address) {
      return address >= start && address < end;
    }

    static Optional<Region> of(long address) {
      for (Region region : values()) {
        if (region.holds(address)) {
          return Optional.of(region);
        }
      }
      return Optional.empty();
    }
  }

  private final Map<Region, Long> firstPages = new EnumMap<>(Region.class);

  /** The frame with addresses at their fixed places. */
  ExitFrame normalized(ExitFrame frame) {
    Assembly assembly = frame.assembly();
    Optional<Recorded> recorded = assembly.recorded().map(this::normalized);
    return new ExitFrame(
        frame.seq(),
        frame.timeNanos(),
        frame.cpu(),
        frame.task(),
        frame.entry(),
        frame.event(),
        frame.syscall(),
        frame.result(),
        normalized(frame.registers()),
        normalized(frame.rsp()),
        frame.rax(),
        new Assembly(assembly.path(), assembly.stage(), assembly.cause(), recorded));
  }

  private Recorded normalized(Recorded it) {
    return new Recorded(
        it.entry(), it.path(), normalized(it.registers()), normalized(it.rsp()), it.rax());
  }

  private Registers normalized(Registers it) {
    Registers moved =
        new Registers(
            normalized(it.rip()), normalized(it.rcx()), it.r11(), it.rflags(), it.cs(), it.ss());
    return RegisterFacts.of(moved).equals(RegisterFacts.of(it)) ? moved : it;
  }

  private OptionalLong normalized(OptionalLong address) {
    return address.isPresent() ? OptionalLong.of(normalized(address.getAsLong())) : address;
  }

  private long normalized(long address) {
    return Region.of(address).map(it -> normalized(address, it)).orElse(address);
  }

  private long normalized(long address, Region region) {
    long firstPage = firstPages.computeIfAbsent(region, it -> address & -PAGE);
    long moved = address - firstPage + region.fixedPage;
    return region.holds(moved) ? moved : address;
  }
}
