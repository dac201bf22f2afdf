package org.sysretreplay.emulator;

import static org.sysretreplay.emulator.Term.number;
import static org.sysretreplay.emulator.Term.slot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * {@link RegisterFacts} and {@link CauseFacts} in one number, and the same as {@link Term}s: all
 * that verdicts, tallies and causes of an exit depend on as far as its registers go. A program that
 * is written from the terms can count exits by this number where they happen.
 *
 * <p>The two classes compute the number for speed; a test holds the terms to them.
 */
public final class ExitFacts {

  /** How many bits the number has. */
  public static final int BITS = RegisterFacts.BITS + CauseFacts.BITS;

  private static final Term RIP = slot(Register.RIP);
  private static final Term RCX = slot(Register.RCX);
  private static final Term R11 = slot(Register.R11);
  private static final Term RFLAGS = slot(Register.RFLAGS);
  private static final Term CS = slot(Register.CS);
  private static final Term SS = slot(Register.SS);

  private static final int PAGE_SHIFT = 12;

  /** Linux lets nobody map so low an address (vm.mmap_min_addr), so that it is nobody's. */
  private static final long STAND_IN = 0x1000;

  /** The bits that only the selectors decide. */
  private static final int OF_SELECTORS =
      7 << RegisterFacts.CS_SHIFT | 3 << RegisterFacts.SS_SHIFT | 1 << RegisterFacts.BITS;

  /** The bits that only the flags decide. */
  private static final int OF_FLAGS =
      RegisterFacts.R11_IS_RFLAGS
          | 7 << RegisterFacts.RFLAGS_SHIFT
          | 3 << RegisterFacts.R11_SHIFT
          | 1 << RegisterFacts.BITS + 4;

  /** The address of a SYSCALL instruction that leaves zero in RCX, as a new program has it. */
  private static final long BEFORE_ZERO = -Syscall.INSTRUCTION_BYTES;

  /** What is equal to a sign extension is equal up to this bit and repeats it above. */
  private static final int TOP = Addresses.topBit(Machine.TRACED);

  private static final int TOP_LA57 = Addresses.topBit(Machine.TRACED.withLa57(true));

  private static final Term IS_RCX = RIP.is(RCX);

  /**
   * One part of the number.
   *
   * @param shift its lowest bit
   * @param term what stands there
   */
  public record Part(int shift, Term term) {}

  /** The number, part by part, from its lowest bit on. */
  public static final List<Part> PARTS =
      List.of(
          new Part(0, region(RIP)),
          new Part(RegisterFacts.RCX_SHIFT, IS_RCX.choose(RegisterFacts.RCX_IS_RIP, region(RCX))),
          new Part(bitOf(RegisterFacts.EXTENDS), IS_RCX.not().both(isExtension(TOP))),
          new Part(bitOf(RegisterFacts.EXTENDS_LA57), IS_RCX.not().both(isExtension(TOP_LA57))),
          new Part(bitOf(RegisterFacts.R11_IS_RFLAGS), R11.is(RFLAGS)),
          new Part(RegisterFacts.RFLAGS_SHIFT, flag(Rflags.RF, RFLAGS)),
          new Part(RegisterFacts.RFLAGS_SHIFT + 1, flag(Rflags.TF, RFLAGS)),
          new Part(RegisterFacts.RFLAGS_SHIFT + 2, flag(Rflags.VM, RFLAGS)),
          new Part(RegisterFacts.R11_SHIFT, flag(Rflags.RF, R11)),
          new Part(RegisterFacts.R11_SHIFT + 1, flag(Rflags.TF, R11)),
          new Part(RegisterFacts.CS_SHIFT, code()),
          new Part(RegisterFacts.SS_SHIFT, stack()),
          new Part(RegisterFacts.BITS, isLocal(CS).either(isLocal(SS))),
          new Part(RegisterFacts.BITS + 1, isVsyscall()),
          new Part(RegisterFacts.BITS + 2, RIP.is(RCX.minus(Syscall.INSTRUCTION_BYTES))),
          new Part(RegisterFacts.BITS + 3, RIP.is(0).not().both(RCX.is(0)).both(R11.is(0))),
          new Part(RegisterFacts.BITS + 4, isOtherIopl()));

  /**
   * What nearly all ends of system calls look like: a cheap condition under which all are alike.
   */
  public static final Term PLAIN =
      IS_RCX
          .both(R11.is(RFLAGS))
          .both(CS.is(Selector.USER_CS))
          .both(SS.is(Selector.USER_DS))
          .both(RFLAGS.and(Rflags.RF.mask() | Rflags.TF.mask() | Rflags.VM.mask()).is(0))
          .both(RIP.isBelow(Addresses.USER_LIMIT));

  /** The number of all frames that are {@link #PLAIN}. */
  public static final int PLAIN_NUMBER = of(Registers.ofSyscall(STAND_IN, 0x202));

  private static final Map<Integer, Registers> FOUND = new ConcurrentHashMap<>();

  private ExitFacts() {}

  /** The number of these registers. */
  public static int of(PtRegs regs) {
    return of(regs.rip(), regs.rcx(), regs.r11(), regs.rflags(), regs.cs(), regs.ss());
  }

  private static int of(long rip, long rcx, long r11, long rflags, long cs, long ss) {
    return RegisterFacts.bits(rip, rcx, r11, rflags, cs, ss)
        | CauseFacts.bits(rip, rcx, r11, rflags, cs, ss) << RegisterFacts.BITS;
  }

  /** The same number from the terms. */
  static long ofTerms(PtRegs regs) {
    return PARTS.stream().mapToLong(it -> it.term().of(regs) << it.shift()).sum();
  }

  private static int bitOf(int mask) {
    return Integer.numberOfTrailingZeros(mask);
  }

  private static Term region(Term address) {
    Term page = address.right(PAGE_SHIFT);
    long[] starts = RegisterFacts.REGIONS;
    Term region = number(starts.length);
    for (int i = starts.length - 1; i >= 0; i--) {
      region = page.isBelow(starts[i] >>> PAGE_SHIFT).choose(i, region);
    }
    return region;
  }

  /** Whether RIP is RCX with all bits above that bit made equal to it. */
  private static Term isExtension(int topBit) {
    Term above = RIP.right(topBit);
    Term sameBelow = RIP.xor(RCX).left(Long.SIZE - 1 - topBit).is(0);
    return sameBelow.both(above.is(0).either(above.is(-1L >>> topBit)));
  }

  private static Term flag(Rflags flag, Term of) {
    return of.right(flag.bit()).and(1);
  }

  private static Term code() {
    Term selector = CS.and(0xffff);
    return CS.is(Selector.USER_CS)
        .choose(
            0,
            selector
                .is(Selector.USER_CS)
                .choose(
                    1,
                    CS.is(Selector.USER32_CS)
                        .choose(
                            2,
                            selector
                                .is(Selector.USER32_CS)
                                .choose(
                                    3,
                                    selector
                                        .is(Selector.XEN_USER_CS)
                                        .choose(
                                            RegisterFacts.XEN_CODE,
                                            number(RegisterFacts.OTHER))))));
  }

  private static Term stack() {
    Term isEventOfFred =
        SS.and(MachineSign.CLEAR)
            .is(0)
            .both(SS.and(MachineSign.LONG_MODE | MachineSign.EVENT_VECTOR).is(0).not());
    return SS.is(Selector.USER_DS)
        .choose(
            0,
            SS.and(0xffff)
                .is(Selector.USER_DS)
                .choose(isEventOfFred.choose(RegisterFacts.FRED_STACK, number(1)), number(2)));
  }

  private static Term isLocal(Term slot) {
    return slot.and(Selector.TABLE_INDICATOR).is(0).not();
  }

  private static Term isVsyscall() {
    return RIP.right(PAGE_SHIFT).is(Addresses.VSYSCALL_PAGE >>> PAGE_SHIFT);
  }

  private static Term isOtherIopl() {
    Term difference = R11.xor(RFLAGS);
    return difference.is(0).not().both(difference.or(number(Rflags.IOPL)).is(Rflags.IOPL));
  }

  /**
   * Some registers that have this number, always the same; addresses in them are stand-ins.
   *
   * @throws IllegalArgumentException where no registers have it
   */
  public static Registers registers(int number) {
    return FOUND.computeIfAbsent(
        number,
        it ->
            find(it)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "no registers have the facts " + Hex.of(number))));
  }

  /** Whether an address says nothing but that it is one of user space. */
  public static boolean isStandIn(long address) {
    return address == STAND_IN;
  }

  private static Optional<Registers> find(int number) {
    RegisterFacts facts = new RegisterFacts(number & (1 << RegisterFacts.BITS) - 1);
    Registers some = facts.registers();
    return selectors(some)
        .filter(it -> ((of(it) ^ number) & OF_SELECTORS) == 0)
        .flatMap(ExitFacts::flags)
        .filter(it -> ((of(it) ^ number) & OF_FLAGS) == 0)
        .flatMap(ExitFacts::addresses)
        .filter(it -> of(it) == number)
        .findFirst();
  }

  /** The registers, and the same with selectors of the LDT in CS, in SS and in both. */
  private static Stream<Registers> selectors(Registers some) {
    long local = Selector.TABLE_INDICATOR | 3;
    return Stream.of(
        some,
        some.with(Register.CS, local),
        some.with(Register.SS, local),
        some.with(Register.CS, local).with(Register.SS, local));
  }

  private static Stream<Registers> flags(Registers some) {
    Registers running = some.with(Register.RFLAGS, some.rflags() | 0x202);
    return Stream.of(
        running.with(Register.R11, running.rflags()),
        running.with(Register.R11, running.rflags() ^ Rflags.IOPL),
        running.with(Register.R11, some.r11() | 0x246),
        running.with(Register.R11, 0),
        some,
        some.with(Register.RFLAGS, Rflags.IOPL).with(Register.R11, 0));
  }

  private static Stream<Registers> addresses(Registers some) {
    return rips(some)
        .boxed()
        .flatMap(
            rip -> rcxs(rip).mapToObj(rcx -> some.with(Register.RIP, rip).with(Register.RCX, rcx)));
  }

  private static LongStream rips(Registers some) {
    LongStream corners = RegisterFacts.CORNERS.stream().mapToLong(Long::longValue);
    return LongStream.concat(
        LongStream.of(STAND_IN, some.rip(), Addresses.VSYSCALL_PAGE),
        LongStream.concat(corners, LongStream.of(BEFORE_ZERO)));
  }

  private static LongStream rcxs(long rip) {
    return LongStream.concat(
        LongStream.of(rip, 2 * STAND_IN, rip + Syscall.INSTRUCTION_BYTES, 0),
        RegisterFacts.near(rip).stream().mapToLong(Long::longValue));
  }
}
