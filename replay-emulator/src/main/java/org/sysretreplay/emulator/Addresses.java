package org.sysretreplay.emulator;

/** The limits of user addresses (sheet, constants, and 3.2; kernel file asm/page_64_types.h). */
public final class Addresses {

  /** {@code TASK_SIZE_MAX} with 4-level paging. */
  public static final long USER_LIMIT = (1L << 47) - 4096;

  /** {@code TASK_SIZE_MAX} with 5-level paging. */
  public static final long USER_LIMIT_LA57 = (1L << 56) - 4096;

  /** How many bits lie above the top bit of an address with 4-level paging. */
  private static final int UNUSED_BITS = 16;

  private static final int UNUSED_BITS_LA57 = 7;

  static final long VSYSCALL_PAGE = 0xffff_ffff_ff60_0000L;
  private static final long PAGE_MASK = ~0xfffL;

  private Addresses() {}

  /** {@code TASK_SIZE_MAX} of that machine. */
  public static long userLimit(Machine machine) {
    return machine.la57() ? USER_LIMIT_LA57 : USER_LIMIT;
  }

  /** The address with its low 48 bits sign-extended, or its low 57 with 5-level paging. */
  public static long signExtend(long address, Machine machine) {
    int shift = unusedBits(machine);
    return address << shift >> shift;
  }

  /** The highest bit of an address, which all bits above it repeat: 47, or 56. */
  public static int topBit(Machine machine) {
    return Long.SIZE - 1 - unusedBits(machine);
  }

  private static int unusedBits(Machine machine) {
    return machine.la57() ? UNUSED_BITS_LA57 : UNUSED_BITS;
  }

  /** Whether the address is canonical with 4-level paging: bits 63 to 47 are all equal. */
  public static boolean isCanonical(long address) {
    return signExtend(address, Machine.TRACED) == address;
  }

  /** Whether the address lies in the vsyscall page (sheet 5.11). */
  public static boolean isVsyscall(long address) {
    return (address & PAGE_MASK) == VSYSCALL_PAGE;
  }
}
