package org.sysretreplay.ingest.redact;

import org.sysretreplay.emulator.Addresses;
import org.sysretreplay.emulator.CauseFacts;
import org.sysretreplay.emulator.RegisterFacts;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Rflags;

/**
 * Registers with other addresses of which every model says the same: {@link RegisterFacts} and
 * {@link CauseFacts}, which are all that models and causes ask, stay as they are. That is not left
 * to the way in which addresses are chosen, but looked at.
 */
final class RedactedRegisters {

  /** The first addresses of what stays apart; an address stays between the same two. */
  private static final long[] BORDERS = {
    0,
    1,
    1L << 16,
    1L << 32,
    Addresses.USER_LIMIT,
    1L << 47,
    Addresses.USER_LIMIT_LA57,
    1L << 56,
    -(1L << 56),
    -(1L << 47)
  };

  private static final int MOST_ATTEMPTS = 1 << 12;
  private static final long LOW_48 = (1L << 48) - 1;
  private static final long LOW_57 = (1L << 57) - 1;

  private final Pseudonyms pseudonyms;

  RedactedRegisters(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  Registers of(Registers it) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      long rip = address(it.rip(), attempt);
      Registers redacted =
          new Registers(
              rip, rcx(it, rip, attempt), r11(it, attempt), it.rflags(), it.cs(), it.ss());
      if (isAlike(it, redacted)) {
        return redacted;
      }
    }
    throw new IllegalStateException("there are no other registers like some");
  }

  private static boolean isAlike(Registers left, Registers right) {
    return RegisterFacts.of(left).equals(RegisterFacts.of(right)) && causes(left) == causes(right);
  }

  private static int causes(Registers it) {
    return CauseFacts.bits(it.rip(), it.rcx(), it.r11(), it.rflags(), it.cs(), it.ss());
  }

  /** RCX keeps how far it is from RIP where that is seen, and the bits above an address. */
  private long rcx(Registers it, long rip, int attempt) {
    long distance = it.rcx() - it.rip();
    if (distance == 0 || distance == 2) {
      return rip + distance;
    }
    if ((it.rcx() & LOW_57) == (it.rip() & LOW_57)) {
      return it.rcx() & ~LOW_57 | rip & LOW_57;
    }
    if ((it.rcx() & LOW_48) == (it.rip() & LOW_48)) {
      return it.rcx() & ~LOW_48 | rip & LOW_48;
    }
    return address(it.rcx(), attempt);
  }

  /** What is no copy of the flags is a number of the program's own. */
  private long r11(Registers it, int attempt) {
    long difference = it.r11() ^ it.rflags();
    if (it.r11() == 0 || (difference | Rflags.IOPL) == Rflags.IOPL) {
      return it.r11();
    }
    long seen = Rflags.RF.mask() | Rflags.TF.mask();
    return pseudonyms.number("r11", it.r11(), attempt) & ~seen | it.r11() & seen;
  }

  /** Zero, and what lies in the page of vsyscall, is the same in every program. */
  long address(long address, int attempt) {
    if (address == 0 || Addresses.isVsyscall(address)) {
      return address;
    }
    int border = BORDERS.length - 1;
    while (Long.compareUnsigned(address, BORDERS[border]) < 0) {
      border--;
    }
    long end = border == BORDERS.length - 1 ? 0 : BORDERS[border + 1];
    return pseudonyms.between("address", address, attempt, BORDERS[border], end);
  }
}
