package org.sysretreplay.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.sysretreplay.emulator.Registers;

/** The user registers of one sample, as perf reports them. */
public final class UserRegisters {

  /** The ABI word of a sample that has no registers, as of a kernel thread. */
  public static final long ABI_NONE = 0;

  /** The ABI word of a sample whose CS is not the 64-bit one (sheet 6.4). */
  public static final long ABI_32 = 1;

  /** A sample without registers. */
  public static final UserRegisters NONE = new UserRegisters(ABI_NONE);

  private static final int REGISTERS = PerfRegister.values().length;

  private static final List<PerfRegister> NEEDED =
      List.of(
          PerfRegister.IP,
          PerfRegister.CX,
          PerfRegister.R11,
          PerfRegister.FLAGS,
          PerfRegister.CS,
          PerfRegister.SS);

  private static final int NEEDED_BITS =
      NEEDED.stream().mapToInt(UserRegisters::bit).reduce(0, (a, b) -> a | b);

  private final long abi;
  private final long[] values = new long[REGISTERS];
  private int present;

  /** No register yet, of that ABI word. */
  public UserRegisters(long abi) {
    this.abi = abi;
  }

  /** The ABI word: 0 for none, 1 for 32 bit, 2 for 64 bit. */
  public long abi() {
    return abi;
  }

  /** Records a register's value. */
  public void put(PerfRegister register, long value) {
    values[register.ordinal()] = value;
    present |= bit(register);
  }

  /** A register's value, if it was recorded. */
  public OptionalLong get(PerfRegister register) {
    return has(register) ? OptionalLong.of(value(register)) : OptionalLong.empty();
  }

  /** Whether none is {@link #missing}. */
  public boolean isComplete() {
    return (present & NEEDED_BITS) == NEEDED_BITS;
  }

  /** The registers that the check needs and that were not recorded. */
  public List<PerfRegister> missing() {
    List<PerfRegister> missing = new ArrayList<>();
    for (PerfRegister register : NEEDED) {
      if (!has(register)) {
        missing.add(register);
      }
    }
    return missing;
  }

  /** The six tested registers; only where none is {@link #missing}. */
  public Registers tested() {
    return new Registers(
        value(PerfRegister.IP),
        value(PerfRegister.CX),
        value(PerfRegister.R11),
        value(PerfRegister.FLAGS),
        value(PerfRegister.CS),
        value(PerfRegister.SS));
  }

  /** Whether the register was recorded. */
  public boolean has(PerfRegister register) {
    return (present & bit(register)) != 0;
  }

  private static int bit(PerfRegister register) {
    return 1 << register.ordinal();
  }

  /** A register's value; only where it {@link #has} been recorded. */
  public long value(PerfRegister register) {
    return values[register.ordinal()];
  }
}
