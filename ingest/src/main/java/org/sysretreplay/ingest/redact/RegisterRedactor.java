package org.sysretreplay.ingest.redact;

import org.sysretreplay.emulator.Addresses;
import org.sysretreplay.emulator.CauseFacts;
import org.sysretreplay.emulator.RegisterFacts;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Rflags;
import org.sysretreplay.emulator.Syscall;

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

  /**
   * Other registers that are like these. Where there are hardly any, which is within 4 KiB of a
   * border, RIP and RCX stay: a border tells of nobody.
   */
  Registers of(Registers it) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      long rip = rip(it, attempt);
      Registers redacted = with(rip, rcx(it, rip, attempt), r11(it, attempt), it);
      if (isAlike(it, redacted)) {
        return redacted;
      }
    }
    return with(it.rip(), it.rcx(), r11(it, 0), it);
  }

  private static Registers with(long rip, long rcx, long r11, Registers others) {
    return new Registers(rip, rcx, r11, others.rflags(), others.cs(), others.ss());
  }

  private static boolean isAlike(Registers left, Registers right) {
    return RegisterFacts.of(left).equals(RegisterFacts.of(right)) && causes(left) == causes(right);
  }

  private static int causes(Registers it) {
    return CauseFacts.bits(it.rip(), it.rcx(), it.r11(), it.rflags(), it.cs(), it.ss());
  }

  /**
   * RIP stays where RCX is behind the SYSCALL instruction at it and a border lies between them:
   * hardly any other pair is like this one.
   */
  private long rip(Registers it, int attempt) {
    boolean isAcross =
        it.rcx() - it.rip() == Syscall.INSTRUCTION_BYTES && range(it.rip()) != range(it.rcx());
    return isAcross ? it.rip() : address(it.rip(), attempt);
  }

  /**
   * RCX keeps its distance to RIP if that matters, and the bits above an address if these are the
   * only difference; the later attempts leave this out, since it need not matter.
   */
  private long rcx(Registers it, long rip, int attempt) {
    long distance = it.rcx() - it.rip();
    if (distance == 0 || distance == Syscall.INSTRUCTION_BYTES) {
      return rip + distance;
    }
    if (attempt >= MOST_ATTEMPTS / 2) {
      return address(it.rcx(), attempt);
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
    int range = range(address);
    long end = range == BORDERS.length - 1 ? 0 : BORDERS[range + 1];
    return pseudonyms.between("address", address, attempt, BORDERS[range], end);
  }

  /** Which range an address lies in: the place of its lower border. */
  private static int range(long address) {
    int range = BORDERS.length - 1;
    while (Long.compareUnsigned(address, BORDERS[range]) < 0) {
      range--;
    }
    return range;
  }
}
