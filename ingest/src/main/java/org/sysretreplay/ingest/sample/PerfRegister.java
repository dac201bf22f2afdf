package org.sysretreplay.ingest.sample;

/**
 * The user registers of perf on x86-64 that we use, with perf's names and bit numbers (kernel file
 * asm/perf_regs.h, enum perf_event_x86_regs).
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

  /** The bytes of its name as one number. */
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
   * The register that perf prints under that name, if it is one that we use; else null.
   *
   * @param packed the bytes of the name as one number
   * @param likely the ordinal of the register that it most likely is: perf prints them in order
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
