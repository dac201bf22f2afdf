package org.sysretreplay.ingest.sample;

import java.util.List;
import java.util.OptionalLong;
import org.sysretreplay.emulator.Registers;

/** The user registers of one sample, as perf reports them. */
public final class UserRegisters {

  /** The ABI word of a sample without registers, as of a kernel thread. */
  public static final long ABI_NONE = 0;

  /** The ABI word of a sample whose CS is not the 64-bit one (sheet 6.4). */
  public static final long ABI_32 = 1;

  /** The registers of a sample whose event does not record any. */
  public static final UserRegisters NONE = new UserRegisters(ABI_NONE);

  /**
   * The registers of a sample whose event records them, but whose task has none: a kernel thread,
   * or one that is exiting.
   */
  public static final UserRegisters OF_KERNEL = new UserRegisters(ABI_NONE);

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
  private int present;

  // Fields instead of an array save memory: many samples are held back at a time.
  private long ax;
  private long cx;
  private long sp;
  private long ip;
  private long flags;
  private long cs;
  private long ss;
  private long r11;

  /** No registers yet, with that ABI word. */
  public UserRegisters(long abi) {
    this.abi = abi;
  }

  /**
   * All registers at once.
   *
   * @param present the {@link #bit}s of the recorded registers; the others are 0
   */
  public UserRegisters(
      long abi,
      int present,
      long ax,
      long cx,
      long sp,
      long ip,
      long flags,
      long cs,
      long ss,
      long r11) {
    this.abi = abi;
    this.present = present;
    this.ax = ax;
    this.cx = cx;
    this.sp = sp;
    this.ip = ip;
    this.flags = flags;
    this.cs = cs;
    this.ss = ss;
    this.r11 = r11;
  }

  /** The register's bit in {@code present}. */
  public static int bit(PerfRegister register) {
    return 1 << register.ordinal();
  }

  /** The ABI word: 0 for none, 1 for 32 bit, 2 for 64 bit. */
  public long abi() {
    return abi;
  }

  /** Sets a register's value. */
  public void put(PerfRegister register, long value) {
    present |= bit(register);
    switch (register) {
      case AX -> ax = value;
      case CX -> cx = value;
      case SP -> sp = value;
      case IP -> ip = value;
      case FLAGS -> flags = value;
      case CS -> cs = value;
      case SS -> ss = value;
      case R11 -> r11 = value;
    }
  }

  /** Whether the register was recorded. */
  public boolean has(PerfRegister register) {
    return (present & bit(register)) != 0;
  }

  /** A register's value; 0 if it was not recorded. */
  public long value(PerfRegister register) {
    return switch (register) {
      case AX -> ax;
      case CX -> cx;
      case SP -> sp;
      case IP -> ip;
      case FLAGS -> flags;
      case CS -> cs;
      case SS -> ss;
      case R11 -> r11;
    };
  }

  /** A register's value, if it was recorded. */
  public OptionalLong get(PerfRegister register) {
    return has(register) ? OptionalLongCache.of(value(register)) : OptionalLongCache.NONE;
  }

  /** Whether none is {@link #missing}. */
  public boolean isComplete() {
    return (present & NEEDED_BITS) == NEEDED_BITS;
  }

  /** The registers that the check needs and that were not recorded. */
  public List<PerfRegister> missing() {
    return NEEDED.stream().filter(register -> !has(register)).toList();
  }

  /** The six tested registers; only if none is {@link #missing}. */
  public Registers tested() {
    return new Registers(ip, cx, r11, flags, cs, ss);
  }
}
