package org.sysretreplay.emulator;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The product of the boundary values of every register, some 140 million frames, which exhaustive
 * tests walk whole.
 */
final class FrameSpace {

  /** Both sides of every limit that a model draws, and each single bit from 46 up. */
  static final long[] ADDRESSES =
      LongStream.concat(
              LongStream.of(
                  0,
                  0x400000,
                  0x7f1234567ab0L,
                  0x7f1234567ab2L,
                  0x7fff_ffff_efffL,
                  0x7fff_ffff_f000L,
                  0x7fff_ffff_ffffL,
                  0xffff_7fff_ffff_ffffL,
                  0xffff_8000_0000_0000L,
                  0xffff_ffff_ff60_0009L,
                  0x00ff_ffff_ffff_efffL,
                  0x00ff_ffff_ffff_f000L,
                  0xff00_0000_0000_0000L,
                  -1),
              IntStream.rangeClosed(46, 63).mapToLong(bit -> 1L << bit))
          .toArray();

  /** An ordinary value, every bit on its own over it, and the pairs that models test together. */
  static final long[] FLAGS =
      LongStream.concat(
              LongStream.of(0, 0x246, 0x46, 0x10346, 0x3246, -1),
              LongStream.concat(
                  IntStream.rangeClosed(0, 22).mapToLong(bit -> 0x202 ^ 1L << bit),
                  LongStream.of(0x202 | 1L << 32, 0x202 | 1L << 63)))
          .toArray();

  static final long[] CODE_SEGMENTS = {
    0x33, 0x23, 0, 3, 0x2b, 0x10, 0x07, 0x0f, 0x30, 0x10033, 0xe033, 0x8000_0000_0000_0033L, -1
  };

  static final long[] STACK_SEGMENTS = {
    0x2b, 0, 3, 0x18, 0x0f, 0x23, 0x28, 0x1002b, 0xe02b, 0x7ffe_f405_002bL, -1
  };

  static final long[] STACK_POINTERS = {0, 0x7ffe_f405_0047L, 1L << 47, 1L << 63, -1};

  private FrameSpace() {}

  /** How many frames the space has. */
  static long size() {
    return (long) ADDRESSES.length
        * ADDRESSES.length
        * FLAGS.length
        * FLAGS.length
        * CODE_SEGMENTS.length
        * STACK_SEGMENTS.length;
  }

  /**
   * The first frame of the space that the predicate is true of; walks all of it if there is none.
   */
  static Optional<Registers> findFirst(Predicate<Registers> predicate) {
    for (long rip : ADDRESSES) {
      for (long rcx : ADDRESSES) {
        for (long rflags : FLAGS) {
          for (long r11 : FLAGS) {
            for (long cs : CODE_SEGMENTS) {
              for (long ss : STACK_SEGMENTS) {
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
}
