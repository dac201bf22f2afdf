package org.sysretreplay.emulator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/**
 * All that any check of any kernel asks of six registers, in a few bits and without an answer:
 * which registers are equal, where the addresses lie, which selectors and tested flags there are.
 * Frames of equal facts get equal verdicts from every model under every policy on every machine,
 * and show the same of the machine that they were recorded on ({@link MachineSign}).
 *
 * <p>FORMATS.md lays out the bits; they are part of the store and only ever grow.
 *
 * @param bits the lowest {@value #BITS}
 */
public record RegisterFacts(int bits) {

  /** How many bits there are. */
  public static final int BITS = 19;

  static final int RCX_SHIFT = 3;
  static final int EXTENDS = 1 << 6;
  static final int EXTENDS_LA57 = 1 << 7;
  static final int R11_IS_RFLAGS = 1 << 8;
  static final int RFLAGS_SHIFT = 9;
  static final int R11_SHIFT = 12;
  static final int CS_SHIFT = 14;
  static final int SS_SHIFT = 17;

  /** In place of the region of RCX. */
  static final int RCX_IS_RIP = 7;

  /** The first addresses of the regions 1 to 6, as unsigned numbers; region 0 begins at 0. */
  static final long[] REGIONS = {
    Addresses.USER_LIMIT, 1L << 47, Addresses.USER_LIMIT_LA57, 1L << 56, -(1L << 56), -(1L << 47),
  };

  private static final Machine LEVEL_4 = Machine.TRACED;
  private static final Machine LEVEL_5 = Machine.TRACED.withLa57(true);

  /** The facts of these registers. */
  public static RegisterFacts of(PtRegs regs) {
    return new RegisterFacts(
        bits(regs.rip(), regs.rcx(), regs.r11(), regs.rflags(), regs.cs(), regs.ss()));
  }

  /** The bits alone; never allocates. */
  public static int bits(long rip, long rcx, long r11, long rflags, long cs, long ss) {
    return addresses(rip, rcx) | flags(r11, rflags) | code(cs) << CS_SHIFT | stack(ss) << SS_SHIFT;
  }

  private static int addresses(long rip, long rcx) {
    // Whether RCX is RIP is no branch: of calls and interrupted code in turn it would be
    // mispredicted (benchmark replay/foreign-file).
    if (isUser(rip) && isUser(rcx)) {
      return isZero(rip ^ rcx) * (RCX_IS_RIP << RCX_SHIFT);
    }
    if (rcx == rip) {
      return region(rip) | RCX_IS_RIP << RCX_SHIFT;
    }
    return region(rip)
        | region(rcx) << RCX_SHIFT
        | (Addresses.signExtend(rcx, LEVEL_4) == rip ? EXTENDS : 0)
        | (Addresses.signExtend(rcx, LEVEL_5) == rip ? EXTENDS_LA57 : 0);
  }

  /** Whether the address is of region 0, as nearly all are. */
  private static boolean isUser(long address) {
    return address >= 0 && address < Addresses.USER_LIMIT;
  }

  private static int region(long address) {
    int region = 0;
    while (region < REGIONS.length && Long.compareUnsigned(address, REGIONS[region]) >= 0) {
      region++;
    }
    return region;
  }

  /** 1 where it is 0, else 0. */
  private static int isZero(long value) {
    return (int) ((value | -value) >>> Long.SIZE - 1) ^ 1;
  }

  private static int flags(long r11, long rflags) {
    int ofRflags =
        bit(Rflags.RF, rflags) | bit(Rflags.TF, rflags) << 1 | bit(Rflags.VM, rflags) << 2;
    int ofR11 = bit(Rflags.RF, r11) | bit(Rflags.TF, r11) << 1;
    return isZero(r11 ^ rflags) * R11_IS_RFLAGS | ofRflags << RFLAGS_SHIFT | ofR11 << R11_SHIFT;
  }

  private static int bit(Rflags flag, long value) {
    return (int) (value >>> flag.bit()) & 1;
  }

  private static int code(long slot) {
    int selector = selector(slot, Selector.USER_CS, 0);
    if (selector != OTHER) {
      return selector;
    }
    int of32 = selector(slot, Selector.USER32_CS, 2);
    boolean isXen = of32 == OTHER && Selector.in(slot) == Selector.XEN_USER_CS;
    return isXen ? XEN_CODE : of32;
  }

  private static int stack(long slot) {
    return switch (selector(slot, Selector.USER_DS, 0)) {
      case 0 -> 0;
      case 1 -> MachineSign.isEventOfFred(slot) ? FRED_STACK : 1;
      default -> 2;
    };
  }

  static final int OTHER = 4;
  static final int XEN_CODE = 5;
  static final int FRED_STACK = 3;

  /** What FRED leaves in the slot of SS at a SYSCALL (sheet 12.2). */
  private static final long SS_AT_FRED_SYSCALL = 0x220700010002002bL;

  /** {@code first} for that selector alone, one more with bits above it, else {@link #OTHER}. */
  private static int selector(long slot, int selector, int first) {
    if (slot == selector) {
      return first;
    }
    return Selector.in(slot) == selector ? first + 1 : OTHER;
  }

  /**
   * Some registers that these are the facts of, always the same.
   *
   * @throws IllegalArgumentException if no registers have such facts
   */
  public Registers registers() {
    return FOUND.computeIfAbsent(this, RegisterFacts::find);
  }

  /** Of all possible facts only a few hundred occur, and each is asked for often. */
  private static final Map<RegisterFacts, Registers> FOUND = new ConcurrentHashMap<>();

  private Registers find() {
    for (long rip : CORNERS) {
      for (long rcx : near(rip)) {
        Registers registers = new Registers(rip, rcx, r11(), rflags(), cs(), ss());
        if (of(registers).equals(this)) {
          return registers;
        }
      }
    }
    throw new IllegalArgumentException("no registers have the facts " + Hex.of(bits));
  }

  /** The ends of all regions. */
  static final List<Long> CORNERS =
      LongStream.concat(LongStream.of(0), LongStream.of(REGIONS))
          .flatMap(start -> LongStream.of(start + 1, start, start - 1))
          .boxed()
          .toList();

  /** What RCX may be: RIP, RIP with some of its bits from 48 up changed, or a corner. */
  static List<Long> near(long rip) {
    LongStream changed =
        LongStream.of(
            rip,
            rip ^ 1L << 48,
            rip ^ 1L << 60,
            rip ^ (1L << 48 | 1L << 60),
            rip ^ 1L << 63,
            rip & (1L << 48) - 1,
            rip & (1L << 57) - 1,
            rip & (1L << 56) - 1,
            rip | -(1L << 56),
            rip | -(1L << 57));
    return LongStream.concat(changed, CORNERS.stream().mapToLong(Long::longValue)).boxed().toList();
  }

  private long rflags() {
    return flag(Rflags.RF, RFLAGS_SHIFT)
        | flag(Rflags.TF, RFLAGS_SHIFT + 1)
        | flag(Rflags.VM, RFLAGS_SHIFT + 2);
  }

  private long r11() {
    if ((bits & R11_IS_RFLAGS) != 0) {
      return rflags();
    }
    long r11 = flag(Rflags.RF, R11_SHIFT) | flag(Rflags.TF, R11_SHIFT + 1);
    return r11 == rflags() ? r11 | Rflags.CF.mask() : r11;
  }

  private long flag(Rflags flag, int bit) {
    return (bits >>> bit & 1) == 0 ? 0 : flag.mask();
  }

  private long cs() {
    int code = bits >>> CS_SHIFT & 7;
    return switch (code) {
      case 0, 1 -> slot(Selector.USER_CS, code);
      case 2, 3 -> slot(Selector.USER32_CS, code - 2);
      case XEN_CODE -> Selector.XEN_USER_CS;
      default -> 0;
    };
  }

  private long ss() {
    int stack = bits >>> SS_SHIFT & 3;
    return switch (stack) {
      case 0, 1 -> slot(Selector.USER_DS, stack);
      case FRED_STACK -> SS_AT_FRED_SYSCALL;
      default -> 0;
    };
  }

  private static long slot(int selector, int above) {
    return (long) above << 16 | selector;
  }
}
