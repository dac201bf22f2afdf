package org.sysretreplay.ingest.sample;

/**
 * The user registers of perf on x86-64 that are read, with perf's names and bit numbers (kernel
 * file asm/perf_regs.h, enum perf_event_x86_regs).
 */
public enum PerfRegister {
  AX(0),
  CX(2),
  SP(7),
  IP(8),
  FLAGS(9),
  CS(10),
  SS(11),
  R11(19);

  private static final PerfRegister[] ALL = values();

  private final int bit;

  /** The bytes of the name packed into one number. */
  private final long packed;

  PerfRegister(int bit) {
    this.bit = bit;
    packed = name().chars().asLongStream().reduce(0, (text, next) -> text << Byte.SIZE | next);
  }

  /** Its bit of {@code sample_regs_user}, from 0. */
  public int bit() {
    return bit;
  }

  /**
   * The register that perf prints under that name; null if it is none of these.
   *
   * @param packed the bytes of the name packed into one number
   * @param likely the ordinal of the register to compare with first: perf prints registers in order
   */
  public static PerfRegister ofPacked(long packed, int likely) {
    for (int i = 0; i < ALL.length; i++) {
      PerfRegister register = ALL[(likely + i) % ALL.length];
      if (register.packed == packed) {
        return register;
      }
    }
    return null;
  }
}
