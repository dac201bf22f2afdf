package org.sysretreplay.ingest;

import java.util.Optional;

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

  private final int bit;

  PerfRegister(int bit) {
    this.bit = bit;
  }

  /** Its bit of {@code sample_regs_user}, from 0. */
  public int bit() {
    return bit;
  }

  /** The register that perf prints under that name, if it is one that we use. */
  public static Optional<PerfRegister> ofName(String name) {
    for (PerfRegister register : values()) {
      if (register.name().equals(name)) {
        return Optional.of(register);
      }
    }
    return Optional.empty();
  }
}
