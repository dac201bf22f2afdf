package org.sysretreplay.emulator;

/**
 * What the rules of the {@link Cause}s ask of six registers beyond {@link RegisterFacts}: frames of
 * no known neighbours that are equal in both, in entry, in path and in whether the call is
 * uretprobe or uprobe have the same cause.
 */
public final class CauseFacts {

  /** How many bits there are. */
  public static final int BITS = 5;

  private CauseFacts() {}

  /** The facts of these registers, in the lowest {@value #BITS} bits; never allocates. */
  public static int bits(long rip, long rcx, long r11, long rflags, long cs, long ss) {
    return bit(isLocal(cs, ss), 0)
        | bit(Addresses.isVsyscall(rip), 1)
        | bit(isBeforeSyscall(rip, rcx), 2)
        | bit(isNewProgram(rip, rcx, r11), 3)
        | bit(isOtherIopl(r11, rflags), 4);
  }

  private static int bit(boolean holds, int bit) {
    return holds ? 1 << bit : 0;
  }

  /** Whether a selector points into the LDT. */
  static boolean isLocal(long cs, long ss) {
    return Selector.isLocal(Selector.in(cs)) || Selector.isLocal(Selector.in(ss));
  }

  /** Whether the return goes to the SYSCALL instruction that entered. */
  static boolean isBeforeSyscall(long rip, long rcx) {
    return rip == rcx - Syscall.INSTRUCTION_BYTES;
  }

  /** Whether the registers are zero as execve leaves them. */
  static boolean isNewProgram(long rip, long rcx, long r11) {
    return rip != 0 && rcx == 0 && r11 == 0;
  }

  /** Whether the flags differ in the IOPL bits and in no other. */
  static boolean isOtherIopl(long r11, long rflags) {
    long difference = r11 ^ rflags;
    // Without a branch: of half of all frames the flags are equal (benchmark replay/foreign-file).
    return difference != 0 & (difference | Rflags.IOPL) == Rflags.IOPL;
  }
}
