package org.sysretreplay.emulator;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The product of chosen values of every register. {@link #WHOLE} is what exhaustive tests walk;
 * {@link #SMALL} is its core, for tests that have to be fast.
 */
record FrameSpace(long[] addresses, long[] flags, long[] codeSegments, long[] stackSegments) {

  private static final long ORDINARY_ADDRESS = 0x7f12_3456_7ab2L;
  private static final long ORDINARY_FLAGS = 0x246;

  /**
   * The boundary values of all registers. Addresses: both sides of every limit that a model draws,
   * and each single bit from 46 up, among them pairs in which one address is the other
   * sign-extended. Flags: an ordinary value, every bit on its own over it, and the pairs that
   * models test together. Selectors: the right one, another user's, a null one, a kernel's, one of
   * the LDT, and those that only the bits above the lower 16 tell from the right one.
   */
  static final FrameSpace WHOLE =
      new FrameSpace(
          LongStream.concat(
                  LongStream.of(
                      0,
                      0x400000,
                      ORDINARY_ADDRESS - 2,
                      ORDINARY_ADDRESS,
                      0x0000_7fff_ffff_efffL,
                      0x0000_7fff_ffff_f000L,
                      0x0000_7fff_ffff_ffffL,
                      0x00ff_ffff_ffff_efffL,
                      0x00ff_ffff_ffff_f000L,
                      0x00ff_ffff_ffff_ffffL,
                      0xfeff_ffff_ffff_ffffL,
                      0xff00_0000_0000_0000L,
                      0xffff_7fff_ffff_ffffL,
                      0xffff_8000_0000_0000L,
                      0xffff_ffff_ff60_0009L,
                      -1),
                  IntStream.rangeClosed(46, 63).mapToLong(bit -> 1L << bit))
              .toArray(),
          LongStream.concat(
                  LongStream.of(0, ORDINARY_FLAGS, 0x46, 0x10346, 0x3246, -1),
                  LongStream.concat(
                      IntStream.rangeClosed(0, 22).mapToLong(bit -> 0x202 ^ 1L << bit),
                      LongStream.of(0x202 | 1L << 32, 0x202 | 1L << 63)))
              .toArray(),
          new long[] {0x33, 0x23, 0, 0x10, 0x0f, 0x30, 0x1_0033, 0x8000_0000_0000_0033L, -1},
          new long[] {0x2b, 0, 0x18, 0x0f, 0x1_002b, 0x7ffe_f405_002bL, -1});

  /** The values that tell the models apart: one for every way to pass and every way to fail. */
  static final FrameSpace SMALL =
      new FrameSpace(
          new long[] {
            0,
            ORDINARY_ADDRESS,
            0x0000_7fff_ffff_efffL,
            0x0000_7fff_ffff_f000L,
            0x0000_8000_0000_0000L,
            0x00ff_ffff_ffff_efffL,
            0x00ff_ffff_ffff_f000L,
            0x0100_0000_0000_0000L,
            0xff00_0000_0000_0000L,
            0xffff_8000_0000_0000L,
            -1
          },
          new long[] {ORDINARY_FLAGS, 0x346, 0x10246, 0x10346, 0x20246, 0x246 | 1L << 63},
          new long[] {0x33, 0x23, 0x1_0033, 0x1_0023},
          new long[] {0x2b, 0x0f, 0x1_002b});

  /** A few frames of every kind, for questions that take long to answer. */
  static final FrameSpace TINY =
      new FrameSpace(
          new long[] {ORDINARY_ADDRESS, 0x0000_8000_0000_0000L},
          new long[] {ORDINARY_FLAGS, 0x346, 0x10246, 0x20246},
          SMALL.codeSegments,
          SMALL.stackSegments);

  static final long[] STACK_POINTERS = {0, 0x7ffe_f405_0047L, 1L << 47, 1L << 63, -1};

  /** How many frames the space has. */
  long size() {
    return (long) addresses.length
        * addresses.length
        * flags.length
        * flags.length
        * codeSegments.length
        * stackSegments.length;
  }

  /** A frame that a walk changes under its reader; {@link #copy} is what can be kept. */
  static final class Frame implements PtRegs {
    private long rip;
    private long rcx;
    private long r11;
    private long rflags;
    private long cs;
    private long ss;

    @Override
    public long rip() {
      return rip;
    }

    @Override
    public long rcx() {
      return rcx;
    }

    @Override
    public long r11() {
      return r11;
    }

    @Override
    public long rflags() {
      return rflags;
    }

    @Override
    public long cs() {
      return cs;
    }

    @Override
    public long ss() {
      return ss;
    }

    Registers copy() {
      return new Registers(rip, rcx, r11, rflags, cs, ss);
    }
  }

  /** Is called for each frame of a walk; the indexes say where in the arrays its values stand. */
  interface Visitor {
    void visit(Frame frame, int rip, int rcx, int rflags, int r11, int cs, int ss);
  }

  /**
   * Walks the space on all processors: each RIP gets a visitor of its own, which sees its frames on
   * one thread. Returns the visitors in the order of RIP.
   */
  <V extends Visitor> List<V> walk(Supplier<V> visitors) {
    return IntStream.range(0, addresses.length)
        .parallel()
        .mapToObj(
            rip -> {
              V visitor = visitors.get();
              walk(rip, visitor);
              return visitor;
            })
        .toList();
  }

  /** The first frame for which the predicate is true; walks the whole space if there is none. */
  Optional<Registers> findFirst(Predicate<Registers> predicate) {
    for (long rip : addresses) {
      for (long rcx : addresses) {
        for (long rflags : flags) {
          for (long r11 : flags) {
            for (long cs : codeSegments) {
              for (long ss : stackSegments) {
                Registers frame = new Registers(rip, rcx, r11, rflags, cs, ss);
                if (predicate.test(frame)) {
                  return Optional.of(frame);
                }
              }
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private void walk(int rip, Visitor visitor) {
    Frame frame = new Frame();
    frame.rip = addresses[rip];
    for (int rcx = 0; rcx < addresses.length; rcx++) {
      frame.rcx = addresses[rcx];
      for (int rflags = 0; rflags < flags.length; rflags++) {
        frame.rflags = flags[rflags];
        for (int r11 = 0; r11 < flags.length; r11++) {
          frame.r11 = flags[r11];
          for (int cs = 0; cs < codeSegments.length; cs++) {
            frame.cs = codeSegments[cs];
            for (int ss = 0; ss < stackSegments.length; ss++) {
              frame.ss = stackSegments[ss];
              visitor.visit(frame, rip, rcx, rflags, r11, cs, ss);
            }
          }
        }
      }
    }
  }
}
