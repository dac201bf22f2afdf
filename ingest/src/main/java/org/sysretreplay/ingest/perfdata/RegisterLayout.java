package org.sysretreplay.ingest.perfdata;

import org.sysretreplay.ingest.PerfRegister;
import org.sysretreplay.ingest.UserRegisters;

/**
 * The user registers of an event's samples. They stand in the order of the mask's bits, whatever
 * the option's order was.
 */
final class RegisterLayout {

  /** The register of each word; null where it is one that is not used. */
  private final PerfRegister[] words;

  private RegisterLayout(PerfRegister[] words) {
    this.words = words;
  }

  /** The layout by {@code sample_regs_user}. */
  static RegisterLayout of(long mask) {
    PerfRegister[] words = new PerfRegister[Long.bitCount(mask)];
    long rest = mask;
    for (int i = 0; i < words.length; i++) {
      words[i] = PerfRegister.ofBit(Long.numberOfTrailingZeros(rest)).orElse(null);
      rest &= rest - 1;
    }
    return new RegisterLayout(words);
  }

  /** Reads the ABI word and, unless it is 0, the registers. */
  UserRegisters read(ByteCursor in) {
    long abi = in.u64("sample user register ABI");
    UserRegisters registers = new UserRegisters(abi);
    if (abi != UserRegisters.ABI_NONE) {
      for (PerfRegister register : words) {
        long value = in.u64("sample user register");
        if (register != null) {
          registers.put(register, value);
        }
      }
    }
    return registers;
  }
}
