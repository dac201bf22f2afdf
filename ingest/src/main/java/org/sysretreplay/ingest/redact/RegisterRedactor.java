package org.sysretreplay.ingest.redact;

import org.sysretreplay.emulator.Addresses;
import org.sysretreplay.emulator.CauseFacts;
import org.sysretreplay.emulator.RegisterFacts;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Rflags;

/**
 * Replaces the addresses in registers such that every model gives the same verdict. {@link
 * RegisterFacts} and {@link CauseFacts}, which decide verdicts and causes, stay the same; this is
 * checked for every frame, and does not rely on how addresses are chosen.
 */
final class RegisterRedactor {

  /** The borders of ranges of addresses. An address is replaced by one of its own range. */
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

  RegisterRedactor(Pseudonyms pseudonyms) {
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

  /**
   * RCX keeps its distance to RIP if that matters, and the bits above an address if these are the
   * only difference.
   */
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

  /**
   * R11 stays if it is zero, or a copy of the flags but for the I/O privilege level. Otherwise it
   * is a number of the program, and only its tested flags stay.
   */
  private long r11(Registers it, int attempt) {
    long difference = it.r11() ^ it.rflags();
    if (it.r11() == 0 || (difference | Rflags.IOPL) == Rflags.IOPL) {
      return it.r11();
    }
    long seen = Rflags.RF.mask() | Rflags.TF.mask();
    return pseudonyms.number("r11", it.r11(), attempt) & ~seen | it.r11() & seen;
  }

  /**
   * The address's pseudonym. Zero and addresses in the vsyscall page stay: they are the same in
   * every program.
   */
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
