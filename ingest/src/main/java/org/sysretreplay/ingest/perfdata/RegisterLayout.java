package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.sample.PerfRegister;
import org.sysretreplay.ingest.sample.UserRegisters;

/**
 * The layout of the user registers in an event's samples. They stand in the order of the mask's
 * bits, whatever order the user asked for.
 */
final class RegisterLayout {

  /**
   * The mask of all user registers that a 64-bit kernel records; of the segment registers only CS
   * and SS.
   */
  static final long X86_64 = 0xff0fff;

  private static final int NOWHERE = -1;

  private final int bytes;
  private final int present;
  private final int ax;
  private final int cx;
  private final int sp;
  private final int ip;
  private final int flags;
  private final int cs;
  private final int ss;
  private final int r11;

  /** The layout by {@code sample_regs_user}. */
  RegisterLayout(long mask) {
    int[] offsets = new int[PerfRegister.values().length];
    int found = 0;
    for (PerfRegister register : PerfRegister.values()) {
      long bit = 1L << register.bit();
      boolean recorded = (mask & bit) != 0;
      int before = Long.BYTES * Long.bitCount(mask & bit - 1);
      offsets[register.ordinal()] = recorded ? before : NOWHERE;
      found |= recorded ? UserRegisters.bit(register) : 0;
    }
    bytes = Long.BYTES * Long.bitCount(mask);
    present = found;
    ax = offsets[PerfRegister.AX.ordinal()];
    cx = offsets[PerfRegister.CX.ordinal()];
    sp = offsets[PerfRegister.SP.ordinal()];
    ip = offsets[PerfRegister.IP.ordinal()];
    flags = offsets[PerfRegister.FLAGS.ordinal()];
    cs = offsets[PerfRegister.CS.ordinal()];
    ss = offsets[PerfRegister.SS.ordinal()];
    r11 = offsets[PerfRegister.R11.ordinal()];
  }

  /** Reads the ABI word and, unless it is 0, the registers. */
  UserRegisters read(ByteCursor in) {
    long abi = in.u64("sample user register ABI");
    if (abi == UserRegisters.ABI_NONE) {
      return UserRegisters.OF_KERNEL;
    }
    int at = in.position();
    in.passWords("sample user register", bytes / Long.BYTES);
    return new UserRegisters(
        abi,
        present,
        word(in, at, ax),
        word(in, at, cx),
        word(in, at, sp),
        word(in, at, ip),
        word(in, at, flags),
        word(in, at, cs),
        word(in, at, ss),
        word(in, at, r11));
  }

  private static long word(ByteCursor in, int at, int offset) {
    return offset == NOWHERE ? 0 : in.at(at + offset);
  }
}
